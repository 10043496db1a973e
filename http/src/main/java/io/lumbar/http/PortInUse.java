package io.lumbar.http;

/** The server cannot listen where it was told to; the message is a sentence for a person. */
@SuppressWarnings("serial") // never serialised
public final class PortInUse extends RuntimeException {
  PortInUse(String host, int port, Throwable cause) {
    super(
        "port %d on %s is in use by another program; stop it or choose another port with --port"
            .formatted(port, host),
        cause);
  }
}
