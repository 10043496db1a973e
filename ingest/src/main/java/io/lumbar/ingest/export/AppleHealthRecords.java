package io.lumbar.ingest.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.model.Posture;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the records of an {@code export.xml}, one at a time. The document type is cut off before
 * the parser sees it: it may be broken (iOS 16 wrote such), and it is where entities come from.
 *
 * <p>Records within a correlation stand at the top level too, and are not read twice.
 */
final class AppleHealthRecords {
  private static final String STEPS = "HKQuantityTypeIdentifierStepCount";
  private static final String SLEEP = "HKCategoryTypeIdentifierSleepAnalysis";
  private static final String STAND = "HKQuantityTypeIdentifierAppleStandTime";
  private static final String ASLEEP = "HKCategoryValueSleepAnalysisAsleep";
  private static final int MOST_IGNORED = 10_000;
  private static final int RECORD_DEPTH = 2;

  private final ExportTaker taker;
  private final LocalTimes times = new LocalTimes(at -> ZoneOffset.UTC, false);
  private long number;
  private int ignored;
  private int coarse;

  AppleHealthRecords(ExportTaker taker) {
    this.taker = taker;
  }

  /**
   * Reads to the end.
   *
   * @throws UnusableFile when it is no XML, or is cut short
   */
  void read(InputStream in) throws IOException {
    try {
      EventBytes bytes = new EventBytes(new WithoutDoctype(in));
      // The parser would write of bytes that are not UTF-8 to standard error, whatever it is told.
      // Here they become another character: only names can have such.
      read(parsers().createXMLStreamReader(new InputStreamReader(bytes, UTF_8)), bytes);
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof IOException cause) {
        throw cause;
      }
      throw new UnusableFile(
          "its XML is broken or cut short at line %d; export it again"
              .formatted(e.getLocation() == null ? 0 : e.getLocation().getLineNumber()));
    }
    flush();
    if (coarse > 0) {
      taker.note(
          "%d counts of steps span more than an hour; they say too little about when, and were ignored"
              .formatted(coarse));
    }
  }

  private static XMLInputFactory parsers() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    return factory;
  }

  private void read(XMLStreamReader xml, EventBytes bytes) throws XMLStreamException {
    int depth = 0;
    while (xml.hasNext()) {
      int event = xml.next();
      bytes.onEvent();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
        if (depth == RECORD_DEPTH && xml.getLocalName().equals("Record")) {
          record(xml);
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
  }

  private void record(XMLStreamReader xml) {
    number++;
    String type = String.valueOf(xml.getAttributeValue(null, "type"));
    String value = String.valueOf(xml.getAttributeValue(null, "value"));
    boolean used =
        type.equals(STEPS)
            || type.equals(STAND)
            || (type.equals(SLEEP) && value.startsWith(ASLEEP));
    if (!used) {
      ignore();
      return;
    }
    Instant from;
    Instant to;
    try {
      from = times.of(String.valueOf(xml.getAttributeValue(null, "startDate")));
      to = times.of(String.valueOf(xml.getAttributeValue(null, "endDate")));
    } catch (DateTimeException e) {
      taker.refused(
          path(), "startDate and endDate: must be times such as 2026-01-31 08:00:00 +0100");
      return;
    }
    switch (type) {
      case STEPS -> steps(value, from, to);
      case STAND -> stand(value, from, to);
      default -> taker.posture(path(), 1, Posture.LYING, from, to);
    }
  }

  private void steps(String value, Instant from, Instant to) {
    double count = number(value);
    if (!(count >= 0 && count <= Integer.MAX_VALUE)) {
      taker.refused(path(), "value: must be a number of steps");
    } else if (Duration.between(from, to).compareTo(Duration.ofHours(1)) > 0) {
      coarse++;
      ignore();
    } else {
      // A record may begin and end in the same second.
      Instant end = to.isAfter(from) ? to : from.plusSeconds(1);
      taker.steps(path(), 1, (int) Math.round(count), from, end);
    }
  }

  /** Minutes on the feet within a span: only a span that was stood through says when. */
  private void stand(String value, Instant from, Instant to) {
    double minutes = number(value);
    if (to.isAfter(from) && minutes * 60 >= Duration.between(from, to).toSeconds()) {
      taker.posture(path(), 1, Posture.UPRIGHT, from, to);
    } else {
      ignore();
    }
  }

  private void ignore() {
    ignored++;
    if (ignored == MOST_IGNORED) {
      flush();
    }
  }

  private void flush() {
    if (ignored > 0) {
      taker.ignored(ignored);
      ignored = 0;
    }
  }

  private String path() {
    return "record " + number;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
