package io.lumbar.ingest.format.healthconnect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lumbar.http.ApiException;
import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Answer;
import io.lumbar.ingest.format.Documents;
import io.lumbar.ingest.format.Estimates;
import io.lumbar.ingest.format.Intake;
import io.lumbar.ingest.format.Item;
import io.lumbar.ingest.format.OtherClients;
import io.lumbar.ingest.format.Sender;
import io.lumbar.ingest.format.StepSpans;
import io.lumbar.ingest.format.Upload;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deliveries of HC Webhook, which passes on what Android's Health Connect holds. */
public final class HealthConnect implements Adapter {
  /** Names and numbers of Health Connect's sleep stages in which somebody sleeps. */
  private static final Set<String> ASLEEP =
      Set.of("sleeping", "light", "deep", "rem", "2", "4", "5", "6");

  private static final Set<String> OWN =
      Set.of("timestamp", "app_version", "test", "steps", "sleep");

  @Override
  public String format() {
    return "health-connect";
  }

  @Override
  public Answer answer() {
    return Answer.RECEIPT;
  }

  @Override
  public void read(Upload upload, Sender sender, Intake intake) {
    Delivery delivery = new Delivery(upload);
    Documents.fields(upload, "a delivery of HC Webhook", delivery::read);
    if (delivery.test) {
      intake.hello("HC Webhook");
      intake.ignore(delivery.size());
      return;
    }
    delivery.refuseWrongShapes();
    delivery.steps.forEach(item -> intake.read(item, () -> steps(item, sender, intake)));
    delivery.sleep.forEach(item -> sleep(item, sender, intake));
    intake.ignore(delivery.others);
  }

  private static void steps(Item item, Sender sender, Intake intake) {
    StepSpans.keep(
        item,
        item.whole("count"),
        item.instant("start_time"),
        item.instant("end_time"),
        sender,
        intake);
  }

  /** Each stage is an element, and a session without stages is one. */
  private static void sleep(Item session, Sender sender, Intake intake) {
    intake.read(
        session,
        () -> {
          List<Item> stages = session.items("stages");
          if (stages.isEmpty()) {
            whole(session, sender, intake);
          }
          for (Item stage : stages) {
            intake.read(stage, () -> stage(stage, sender, intake));
          }
        });
  }

  /** A session tells its end and its length. */
  private static void whole(Item session, Sender sender, Intake intake) {
    Instant end = session.instant("session_end_time");
    Instant start = end.minusSeconds(session.whole("duration_seconds"));
    intake.keep(session.path(), 1, Estimates.asleep(session, sender, start, end));
  }

  private static void stage(Item stage, Sender sender, Intake intake) {
    String name = stage.child("stage").node().asText("").toLowerCase(Locale.ROOT);
    String plain = name.startsWith("stage_type_") ? name.substring(11) : name;
    if (ASLEEP.contains(plain)) {
      intake.keep(
          stage.path(),
          1,
          Estimates.asleep(stage, sender, stage.instant("start_time"), stage.instant("end_time")));
    } else {
      intake.ignore(1);
    }
  }

  /** What a delivery holds; a test is only known as one when all of it was read. */
  private static final class Delivery {
    private final Upload upload;
    private final List<Item> steps = new ArrayList<>();
    private final List<Item> sleep = new ArrayList<>();
    private final OtherClients clients = new OtherClients(OWN);
    private int others;
    private boolean test;
    private @Nullable String noList;

    Delivery(Upload upload) {
      this.upload = upload;
    }

    void read(String field, JsonParser parser) throws IOException {
      clients.see(field, parser);
      switch (field) {
        case "test" -> test = parser.currentToken() == JsonToken.VALUE_TRUE;
        case "steps" -> take(field, parser, steps);
        case "sleep" -> take(field, parser, sleep);
        default -> others += Documents.isList(parser) ? Documents.count(parser) : 0;
      }
    }

    private void take(String field, JsonParser parser, List<Item> into) throws IOException {
      if (Documents.isList(parser)) {
        Documents.each(upload, parser, field, into::add);
      } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
        noList = field;
      }
    }

    /**
     * What would otherwise be taken for a delivery that holds nothing. Of a test nothing is kept
     * anyway, so that its shape does not matter.
     *
     * @throws ApiException 400
     */
    void refuseWrongShapes() {
      if (noList != null) {
        throw ApiException.badRequest(noList + ": must be a list");
      }
      clients.refuse();
    }

    int size() {
      return steps.size() + sleep.size() + others;
    }
  }
}
