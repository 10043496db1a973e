package io.lumbar.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.ingest.format.ElementCount;
import io.lumbar.ingest.format.Intake;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Json;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an adapter found in one upload; ends with 413 beyond the most elements of one. */
final class Findings implements Intake {
  private static final int LONGEST_REASON = 300;

  private final List<Element> elements = new ArrayList<>();
  private final ElementCount count;
  private int ignored;
  private @Nullable String greeting;
  private @Nullable String advice;
  private @Nullable Message message;

  Findings(ElementCount count) {
    this.count = count;
  }

  /** One of a series, with the time of its readings; behind each other when it has none. */
  record Message(String series, long number, Instant from, Instant to) {}

  @Override
  public void keep(String path, int count, Observation observation) {
    add(new Element.Reading(path, count, observation));
  }

  @Override
  public void keep(String path, int count, MotionBatch batch) {
    add(new Element.Motion(path, count, batch));
  }

  @Override
  public void keepOnce(String path, MotionBatch batch, Identity identity) {
    add(new Element.Motion(path, 1, batch, identity));
  }

  @Override
  public void refuse(String path, String reason, @Nullable JsonNode element) {
    refuse(path, reason, element != null && element.isContainerNode() ? Json.bytes(element) : null);
  }

  void refuse(String path, String reason, byte @Nullable [] raw) {
    String told =
        reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    add(new Element.Refused(path, told, raw));
  }

  private void add(Element element) {
    count.add();
    elements.add(element);
  }

  @Override
  public void ignore(int count) {
    ignored += count;
  }

  @Override
  public void hello(String client) {
    greeting = client;
  }

  @Override
  public void message(String series, long number, Instant from, Instant to) {
    message = new Message(series, number, from, to);
  }

  @Override
  public void advise(String sentence) {
    advice = sentence;
  }

  /** All elements; what is ignored stands for itself once. */
  List<Element> elements() {
    if (ignored > 0) {
      elements.add(new Element.Ignored(ignored));
      ignored = 0;
    }
    return elements;
  }

  /** The devices whose measurements another one uploads. */
  Set<DeviceId> heard(DeviceId uploader) {
    Set<DeviceId> heard = new HashSet<>();
    for (Element element : elements) {
      if (element instanceof Element.Motion motion) {
        heard.add(motion.batch().stamp().device());
      }
    }
    heard.remove(uploader);
    return heard;
  }

  @Nullable String greeting() {
    return greeting;
  }

  @Nullable Message message() {
    return message;
  }

  @Nullable String advice() {
    return advice;
  }
}
