package io.lumbar.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param uploaders wearers, each with one device, whose uploads measure the rate
 * @param warmUps rounds that are thrown away: a process that has just started is still compiling,
 *     and is three times as slow in its first second as after half a minute
 * @param rounds measured rounds of each side
 * @param uploads uploads of 100 observations in a round
 * @param analyses measured rounds of each topology
 * @param analysedUploads uploads of 100 observations of each uploader that a topology reads
 * @param slowClients beside which one uploads
 * @param crossings alerts waited for at each background rate
 * @param crossingsPerSecond how fast they follow each other
 * @param alertWarmUp how long the background runs before the first: compiling takes a minute of
 *     processor time that a process which runs for months does not pay again
 * @param loads background rates, in observations a second
 * @param idle how long the idle process is watched
 * @param settle how long it is left alone before
 * @param importedHours of raw motion in one file
 * @param batches of history, of some 480 bouts
 * @param reports wearers whose report of a morning is made
 */
record Plan(
    int uploaders,
    int warmUps,
    int rounds,
    int uploads,
    int analyses,
    int analysedUploads,
    int slowClients,
    int crossings,
    double crossingsPerSecond,
    Duration alertWarmUp,
    List<Integer> loads,
    Duration settle,
    Duration idle,
    int importedHours,
    int batches,
    int reports) {

  static Plan full() {
    return new Plan(
        100,
        24,
        16,
        1000,
        3,
        20,
        2000,
        220,
        4,
        Duration.ofSeconds(60),
        List.of(5, 5000),
        Duration.ofSeconds(20),
        Duration.ofSeconds(20),
        168,
        200,
        10_000);
  }

  /** Half the rounds. */
  Plan shorter() {
    return new Plan(
        uploaders,
        warmUps,
        (rounds + 1) / 2,
        uploads,
        analyses,
        analysedUploads,
        slowClients,
        crossings,
        crossingsPerSecond,
        alertWarmUp,
        loads,
        settle,
        idle,
        importedHours,
        batches,
        reports);
  }

  static Plan quick() {
    return new Plan(
        50,
        8,
        6,
        600,
        1,
        10,
        2000,
        60,
        4,
        Duration.ofSeconds(30),
        List.of(5, 5000),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        24,
        50,
        1_000);
  }

  /** So little that the figures mean nothing: to see that everything runs. */
  static Plan tiny() {
    return new Plan(
        4,
        1,
        1,
        20,
        1,
        1,
        20,
        4,
        4,
        Duration.ofSeconds(2),
        List.of(5, 50),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        1,
        2,
        20);
  }
}
