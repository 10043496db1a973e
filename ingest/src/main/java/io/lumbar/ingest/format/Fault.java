package io.lumbar.ingest.format;

/** A field of one element breaks a rule. Refuses that element and no other. */
@SuppressWarnings("serial") // never serialised
public final class Fault extends RuntimeException {
  private final String path;
  private final String reason;

  Fault(String path, String reason) {
    super(path + ": " + reason, null, false, false);
    this.path = path;
    this.reason = reason;
  }

  String path() {
    return path;
  }

  String reason() {
    return reason;
  }
}
