package io.lumbar.http;

import io.javalin.config.RoutesConfig;

/** A feature's HTTP paths. */
public interface Routes {

  /** Registers the paths; called once, before the server starts. */
  void addTo(RoutesConfig routes);
}
