package io.lumbar.ingest.format.homeassistant;

import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Answer;
import io.lumbar.ingest.format.Documents;
import io.lumbar.ingest.format.Intake;
import io.lumbar.ingest.format.Item;
import io.lumbar.ingest.format.Sender;
import io.lumbar.ingest.format.Upload;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * States of a house's sensors, as an automation of Home Assistant posts them when they change. Each
 * is posture by conclusion only, below everything that is worn; a sensor that is off ends what it
 * said and claims nothing.
 */
public final class HomeAssistant implements Adapter {
  private static final Set<String> ON =
      Set.of("on", "true", "yes", "home", "connected", "occupied", "detected", "active", "1");
  private static final Set<String> OFF =
      Set.of(
          "off",
          "false",
          "no",
          "not_home",
          "disconnected",
          "clear",
          "idle",
          "0",
          "unavailable",
          "unknown",
          "none",
          "");
  private final KnownEntities known = new KnownEntities();

  private static final double STANDING_HEIGHT_CM = 95;
  private static final double GREATEST_HEIGHT_CM = 300;
  private static final Duration LONG = Duration.ofHours(4);
  private static final Duration SHORT = Duration.ofMinutes(15);

  @Override
  public String format() {
    return "home-assistant";
  }

  @Override
  public Answer answer() {
    return Answer.RECEIPT;
  }

  @Override
  public void read(Upload upload, Sender sender, Intake intake) {
    Documents.each(upload, item -> intake.read(item, () -> state(item, sender, intake)));
  }

  private void state(Item item, Sender sender, Intake intake) {
    String kind = item.oneOf("kind", Kind.NAMES);
    Instant at = item.instant("at");
    Kind what = Objects.requireNonNull(Kind.named(kind));
    boolean on = isOn(item);
    Posture posture = on ? what.posture(height(item)) : Posture.UNKNOWN;
    String entity = item.textOrNull("entity");
    String source = entity == null ? kind : kind + "-" + shortened(entity);
    if (!known.admits(sender.device().id(), source)) {
      throw item.fault(
          "entity", "is one of more than %d of this device".formatted(KnownEntities.MOST));
    }
    intake.keep(
        item.path(),
        1,
        PostureObservation.change(sender.estimatedAt(at, source), posture, at, what.holds));
  }

  private static @Nullable Double height(Item item) {
    Double height = item.numberOrNull("heightCm");
    if (height != null && (height < 0 || height > GREATEST_HEIGHT_CM)) {
      throw item.fault("heightCm", "must be the desk's height in cm, 0 to 300");
    }
    return height;
  }

  private static boolean isOn(Item item) {
    String state = item.child("state").node().asText().toLowerCase(Locale.ROOT);
    if (!ON.contains(state) && !OFF.contains(state)) {
      throw item.fault("state", "must be on or off");
    }
    return ON.contains(state);
  }

  /** Names of entities tell of homes and people; that it is the same one is all that matters. */
  private static String shortened(String entity) {
    CRC32 crc = new CRC32();
    crc.update(entity.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  /** What a sensor that is on says. */
  private enum Kind {
    CHAIR("chair", Posture.SITTING, LONG),
    BED("bed", Posture.LYING, LONG),
    DESK("desk", Posture.SITTING, SHORT),
    COMPUTER("computer", Posture.SITTING, SHORT),
    CAR("car", Posture.TRAVELLING, LONG);

    static final Set<String> NAMES = Set.of("chair", "bed", "desk", "computer", "car");

    private final String wireName;
    private final Posture posture;
    private final Duration holds;

    Kind(String wireName, Posture posture, Duration holds) {
      this.wireName = wireName;
      this.posture = posture;
      this.holds = holds;
    }

    static @Nullable Kind named(String wireName) {
      for (Kind each : values()) {
        if (each.wireName.equals(wireName)) {
          return each;
        }
      }
      return null;
    }

    /** At a desk that is raised people stand. */
    Posture posture(@Nullable Double deskHeightCm) {
      boolean raised = deskHeightCm != null && deskHeightCm >= STANDING_HEIGHT_CM;
      return (this == DESK || this == COMPUTER) && raised ? Posture.STANDING : posture;
    }
  }
}
