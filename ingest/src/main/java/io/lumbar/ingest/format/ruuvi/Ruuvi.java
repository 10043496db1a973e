package io.lumbar.ingest.format.ruuvi;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Answer;
import io.lumbar.ingest.format.Documents;
import io.lumbar.ingest.format.Intake;
import io.lumbar.ingest.format.Item;
import io.lumbar.ingest.format.Sender;
import io.lumbar.ingest.format.TagFrame;
import io.lumbar.ingest.format.Upload;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Advertisements of Bluetooth tags, as a Ruuvi Gateway passes them on (one a message by MQTT, the
 * newest of each tag by HTTP) or a board with ESPHome. Of all that is around only the wearer's own
 * tags are looked at; several gateways may hear the same measurement.
 */
public final class Ruuvi implements Adapter {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,11}(\\.\\d{1,9})?");
  private static final String MAKER = "9904";

  /** The years 2001 to 2286: a gateway whose clock was never set counts from its start. */
  private static final double EARLIEST = 1e9;

  private static final double LATEST = 1e10;

  @Override
  public String format() {
    return "ruuvi";
  }

  @Override
  public Answer answer() {
    return Answer.RECEIPT;
  }

  @Override
  public void read(Upload upload, Sender sender, Intake intake) {
    Documents.each(upload, item -> intake.read(item, () -> message(item, upload, intake)));
  }

  private static void message(Item item, Upload upload, Intake intake) {
    Item data = item.find("data");
    if (data != null && data.node().isObject()) {
      Item tags = data.object("tags");
      for (Map.Entry<String, JsonNode> each : tags.node().properties()) {
        // Not under its address, which is nobody's business where it is a stranger's.
        Item heard = new Item(each.getValue(), tags.path());
        intake.read(heard, () -> heard(heard, "timestamp", upload, intake));
      }
    } else if (data == null && item.has("state")) {
      intake.hello("a gateway");
      intake.ignore(1);
    } else {
      heard(item, "ts", upload, intake);
    }
  }

  private static void heard(Item item, String time, Upload upload, Intake intake) {
    Item data = item.find("data");
    TagFrame frame = data == null ? null : frame(data.node().asText());
    Sender tag = frame == null ? null : upload.tags().of(frame.mac());
    if (frame == null || tag == null) {
      intake.ignore(1);
    } else {
      frame.keep(item.path(), tag, nanos(item, time), intake);
    }
  }

  /** A gateway passes on the whole advertisement, ESPHome the maker's data in it. */
  private static @Nullable TagFrame frame(String hex) {
    return hex.startsWith(MAKER) ? TagFrame.parse(hex) : TagFrame.ofAdvertisement(hex);
  }

  private static long nanos(Item item, String field) {
    double seconds = number(item.child(field).node());
    if (!(seconds >= EARLIEST && seconds < LATEST)) {
      throw item.fault(
          field, "must be seconds since 1970; let the gateway set its clock by the network");
    }
    return Math.round(seconds * 1_000) * 1_000_000;
  }

  /** A number or, as the gateway writes it, a text. */
  private static double number(JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    String text = value.asText();
    return SECONDS.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
  }
}
