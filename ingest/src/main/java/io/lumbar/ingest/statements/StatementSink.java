package io.lumbar.ingest.statements;

import io.lumbar.model.Statement;
import io.lumbar.model.WearerId;

/** Where statements go. */
@FunctionalInterface
public interface StatementSink {

  /** Keeps a statement of a wearer; false when it is not certain that it is kept. */
  boolean put(WearerId wearer, Statement statement);
}
