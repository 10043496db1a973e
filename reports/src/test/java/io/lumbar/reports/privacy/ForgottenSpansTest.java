package io.lumbar.reports.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.model.Correction;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForgottenSpansTest {
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final Wearer WEARER =
      new Wearer(
          ANNA,
          "Anna",
          "hash",
          List.of(new Wearer.ZoneFrom(ZoneId.of("Europe/Berlin"), Instant.EPOCH)),
          WearerSettings.defaults());

  private static Instant at(String time) {
    return Instant.parse("2026-03-02T" + time + ":00Z");
  }

  private static Correction word(String id, boolean revoked, String from, String to) {
    return new Correction(
        id, at(revoked ? "23:00" : "22:00"), revoked, at(from), at(to), Correction.Was.FORGET);
  }

  private final ForgottenSpans spans =
      ForgottenSpans.of(
          WEARER,
          List.of(
              // The local day of 3 March, in two pieces of which one is told.
              new Erasure(ANNA, at("23:00"), Instant.parse("2026-03-03T12:00:00Z"), at("22:00")),
              new Erasure(new WearerId("w_ben"), at("09:00"), at("10:00"), at("22:00")),
              Erasure.everything(new WearerId("w_ben"), at("22:00"))),
          List.of(
              new Correction(
                  "s_0",
                  at("22:00"),
                  false,
                  Instant.parse("2026-03-03T12:00:00Z"),
                  Instant.parse("2026-03-03T23:00:00Z"),
                  Correction.Was.FORGET),
              word("s_1", false, "12:00", "13:00"),
              word("s_2", true, "15:00", "16:00"),
              word("s_2", false, "15:00", "16:00")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"from":"2026-03-02T11:50:00Z","to":"2026-03-02T12:00:00Z"} | false
          {"from":"2026-03-02T11:50:00Z","to":"2026-03-02T12:00:00.001Z"} | true
          {"from":"2026-03-02T12:30:00Z","to":"2026-03-02T12:30:00Z"} | true
          {"from":"2026-03-02T12:00:00Z","to":"2026-03-02T12:00:00Z"} | true
          {"from":"2026-03-02T13:00:00Z","to":"2026-03-02T14:00:00Z"} | false
          {"at":"2026-03-02T13:59:59+01:00"} | true
          {"at":"2026-03-02T13:00:00Z"} | false
          {"at":"2026-03-02T15:30:00Z"} | true
          {"at":"2026-03-02T09:30:00Z"} | false
          {"at":"2026-03-02T18:00:00Z","element":{"at":"2026-03-02T12:30:00Z"}} | true
          {"date":"2026-03-03"} | true
          {"date":"2026-03-02"} | false
          {"at":"soon"} | false
          {"what":"days"} | false
          """)
  void tellsWhichRecordsReachIntoASpan(String row, boolean touched) throws Exception {
    assertThat(spans.touch(Json.mapper().readTree(row))).isEqualTo(touched);
  }
}
