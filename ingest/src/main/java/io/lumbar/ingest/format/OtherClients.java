package io.lumbar.ingest.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lumbar.http.ApiException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows a body that was meant for another format by the fields at its root. Without this, a reader
 * that leaves unknown fields alone would take such a body for one that holds nothing. For one
 * upload, on one thread.
 */
public final class OtherClients {
  private static final Client HEALTH_CONNECT = new Client("HC Webhook", "health-connect");
  private static final Map<String, Client> BY_FIELD =
      Map.of(
          "data", new Client("Health Auto Export", "health-auto-export"),
          "payload", new Client("Sensor Logger", "sensor-logger"),
          "header", new Client("Open mHealth", "open-mhealth"),
          "location", new Client("Traccar Client", "traccar-client"),
          "steps", HEALTH_CONNECT,
          "sleep", HEALTH_CONNECT);

  private final Set<String> own;
  private boolean isOwn;
  private @Nullable String foreign;

  private record Client(String name, String format) {}

  /**
   * For one body.
   *
   * @param own fields at the root that the reader's own client sends
   */
  public OtherClients(Set<String> own) {
    this.own = own;
  }

  /** Looks at a field of the root, on whose value the parser stands. */
  public void see(String field, JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (own.contains(field)) {
      isOwn = true;
    } else if (token != null && token.isStructStart() && BY_FIELD.containsKey(field)) {
      foreign = field;
    }
  }

  /**
   * To be called behind the last field.
   *
   * @throws ApiException 400 when there was none of the own fields, but one of another client's
   */
  public void refuse() {
    Client client = foreign == null ? null : BY_FIELD.get(foreign);
    if (!isOwn && client != null) {
      throw ApiException.badRequest(
          "%s: this is a body of %s; send it to /api/v1/ingest/%s"
              .formatted(foreign, client.name(), client.format()));
    }
  }
}
