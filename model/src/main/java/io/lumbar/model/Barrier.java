package io.lumbar.model;

/**
 * Not a measurement: a marker that an importer writes behind its data, one in each input topic.
 *
 * <p>Analytics passes it on, behind everything that the data before it gave, to each output topic;
 * history that has seen it there has everything before it.
 *
 * @param id the import it closes
 */
public record Barrier(String id) implements Observation {

  /** The key's second part, one per wearer, so that compaction keeps only the last. */
  public static final String KEY = "barrier";
}
