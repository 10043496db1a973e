package io.lumbar.ingest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lumbar.model.WearerId;
import java.util.List;
import java.util.stream.Stream;

/**
 * How far an import has come, and what a restart finds.
 *
 * @param state reading the file, waiting for the history, done, or failed
 * @param rejected the first refusals; {@code rejectedCount} says how many there were
 * @param progress 0 to 1
 * @param begun how often reading the file was begun without coming to an end, not counted what a
 *     stop of the process interrupted; 0 as well for a job that an older version has written
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ImportJob(
    String id,
    WearerId wearer,
    @JsonUnwrapped ImportedFile file,
    State state,
    long received,
    long accepted,
    long duplicate,
    long ignored,
    List<Receipt.Rejection> rejected,
    long rejectedCount,
    List<String> notes,
    double progress,
    int begun) {

  static final int MOST_REJECTIONS = 100;

  enum State {
    @JsonProperty("reading")
    READING,
    @JsonProperty("waiting")
    WAITING,
    @JsonProperty("done")
    DONE,
    @JsonProperty("failed")
    FAILED
  }

  ImportJob {
    rejected = List.copyOf(rejected);
    notes = List.copyOf(notes);
  }

  static ImportJob fresh(String id, WearerId wearer, ImportedFile file) {
    return new ImportJob(
        id, wearer, file, State.READING, 0, 0, 0, 0, List.of(), 0, List.of(), 0, 0);
  }

  /** How many rows, or blocks, of the file have been read. */
  @JsonProperty("rows")
  long rows() {
    return received;
  }

  boolean isOver() {
    return state == State.DONE || state == State.FAILED;
  }

  ImportJob with(State next, double progressNow) {
    return new ImportJob(
        id,
        wearer,
        file,
        next,
        received,
        accepted,
        duplicate,
        ignored,
        rejected,
        rejectedCount,
        notes,
        progressNow,
        begun);
  }

  ImportJob noted(String sentence) {
    return new ImportJob(
        id,
        wearer,
        file,
        state,
        received,
        accepted,
        duplicate,
        ignored,
        rejected,
        rejectedCount,
        Stream.concat(notes.stream(), Stream.of(sentence)).toList(),
        progress,
        begun);
  }

  ImportJob begun(int times) {
    return new ImportJob(
        id,
        wearer,
        file,
        state,
        received,
        accepted,
        duplicate,
        ignored,
        rejected,
        rejectedCount,
        notes,
        progress,
        times);
  }

  ImportJob plus(Receipt receipt) {
    List<Receipt.Rejection> first =
        Stream.concat(rejected.stream(), receipt.rejected().stream())
            .limit(MOST_REJECTIONS)
            .toList();
    return new ImportJob(
        id,
        wearer,
        file,
        state,
        received + receipt.received(),
        accepted + receipt.accepted(),
        duplicate + receipt.duplicate(),
        ignored + receipt.ignored(),
        first,
        rejectedCount + receipt.rejected().size(),
        notes,
        progress,
        begun);
  }
}
