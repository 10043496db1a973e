package io.lumbar.alerts.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusyTimesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("EEE HH:mm");
  private static final String ZONE =
      """
      BEGIN:VTIMEZONE
      TZID:Europe/Berlin
      BEGIN:STANDARD
      DTSTART:19961027T030000
      RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
      TZOFFSETFROM:+0200
      TZOFFSETTO:+0100
      END:STANDARD
      BEGIN:DAYLIGHT
      DTSTART:19810329T020000
      RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
      TZOFFSETFROM:+0100
      TZOFFSETTO:+0200
      END:DAYLIGHT
      END:VTIMEZONE
      """;

  @Test
  void readsUtcZonedFloatingAndDurations() {
    assertThat(
            busy(
                event("a", "DTSTART:20260302T080000Z", "DTEND:20260302T083000Z"),
                event(
                    "b",
                    "DTSTART;TZID=Europe/Berlin:20260302T110000",
                    "DTEND;TZID=Europe/Berlin:20260302T120000"),
                event("c", "DTSTART:20260302T140000", "DTEND:20260302T143000"),
                event("d", "DTSTART:20260302T150000Z", "DURATION:PT45M")))
        .containsExactly(
            "Mon 09:00-Mon 09:30",
            "Mon 11:00-Mon 12:00",
            "Mon 14:00-Mon 14:30",
            "Mon 16:00-Mon 16:45");
  }

  @Test
  void leavesOutWhatIsNoMeeting() {
    assertThat(
            busy(
                event(
                    "a",
                    "DTSTART:20260302T080000Z",
                    "DTEND:20260302T090000Z",
                    "TRANSP:TRANSPARENT"),
                event(
                    "b", "DTSTART:20260302T080000Z", "DTEND:20260302T090000Z", "STATUS:CANCELLED"),
                event("c", "DTSTART;VALUE=DATE:20260302", "DTEND;VALUE=DATE:20260303"),
                event(
                    "d",
                    "DTSTART:20260302T080000Z",
                    "DTEND:20260302T090000Z",
                    "X-MICROSOFT-CDO-BUSYSTATUS:FREE"),
                event("e", "DTSTART:20260302T080000Z"),
                event("f", "DTSTART:20260301T080000Z", "DTEND:20260301T090000Z")))
        .isEmpty();
  }

  @Test
  void repeatsAreCountedWithoutThoseThatWereTakenOutOrMoved() {
    assertThat(
            busy(
                event(
                    "daily",
                    "DTSTART;TZID=Europe/Berlin:20260105T093000",
                    "DTEND;TZID=Europe/Berlin:20260105T094500",
                    "RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
                    "EXDATE;TZID=Europe/Berlin:20260303T093000"),
                event(
                    "daily",
                    "RECURRENCE-ID;TZID=Europe/Berlin:20260304T093000",
                    "DTSTART;TZID=Europe/Berlin:20260304T160000",
                    "DTEND;TZID=Europe/Berlin:20260304T161500")))
        .containsExactly("Mon 09:30-Mon 09:45", "Wed 16:00-Wed 16:15");
  }

  @Test
  void aRepeatKeepsItsClockTimeOverTheChangeOfClocks() {
    List<String> after =
        busyOn(
            LocalDate.of(2026, 3, 30),
            event(
                "weekly",
                "DTSTART;TZID=Europe/Berlin:20260302T100000",
                "DTEND;TZID=Europe/Berlin:20260302T110000",
                "RRULE:FREQ=WEEKLY"));
    assertThat(after).containsExactly("Mon 10:00-Mon 11:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/Los_Angeles", "Asia/Tokyo"})
  void aTimeWithoutZoneIsTheWearersWhereverTheServerStands(String server) {
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone(server));
      assertThat(
              busy(
                  event("a", "DTSTART:20260302T100000", "DTEND:20260302T110000"),
                  event(
                      "b",
                      "DTSTART:20260105T140000",
                      "DTEND:20260105T150000",
                      "RRULE:FREQ=WEEKLY;BYDAY=MO")))
          .containsExactly("Mon 10:00-Mon 11:00", "Mon 14:00-Mon 15:00");
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void whatOverlapsIsOne() {
    assertThat(
            busy(
                event("a", "DTSTART:20260302T080000Z", "DTEND:20260302T090000Z"),
                event("b", "DTSTART:20260302T083000Z", "DTEND:20260302T093000Z"),
                event("c", "DTSTART:20260302T093000Z", "DTEND:20260302T100000Z")))
        .containsExactly("Mon 09:00-Mon 11:00");
  }

  @Test
  void whatIsNoCalendarSaysSo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BusyTimes.of("<html>", BERLIN, Instant.EPOCH, Instant.EPOCH))
        .withMessageContaining("iCalendar");
  }

  private static List<String> busy(String... events) {
    return busyOn(LocalDate.of(2026, 3, 2), events);
  }

  /** What there is on three days from a date on. */
  private static List<String> busyOn(LocalDate date, String... events) {
    String text =
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n"
            + ZONE
            + String.join("", events)
            + "END:VCALENDAR\n";
    return BusyTimes.of(
            text.replace("\n", "\r\n"),
            BERLIN,
            date.atStartOfDay(BERLIN).toInstant(),
            date.plusDays(3).atStartOfDay(BERLIN).toInstant())
        .stream()
        .map(time -> clock(time.from()) + "-" + clock(time.to()))
        .toList();
  }

  private static String event(String uid, String... lines) {
    return "BEGIN:VEVENT\nUID:"
        + uid
        + "\nDTSTAMP:20260101T000000Z\n"
        + String.join("\n", lines)
        + "\nEND:VEVENT\n";
  }

  private static String clock(Instant instant) {
    return CLOCK.format(instant.atZone(BERLIN));
  }
}
