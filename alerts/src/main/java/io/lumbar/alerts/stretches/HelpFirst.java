package io.lumbar.alerts.stretches;

import io.lumbar.model.StretchProfile;
import io.lumbar.model.Wearer;
import java.time.Instant;
import java.util.Optional;

/**
 * What stands in place of exercises while a sign that needs a person is told, in English, for
 * whoever tells of it elsewhere, as a report does: the words and the emergency number of the pages.
 */
public record HelpFirst(String title, String text) {

  /**
   * The words for a wearer; empty while nothing speaks against exercises.
   *
   * @param profile as far as it counts for the reader
   * @param wearer whose zone at {@code at} says which number works
   */
  public static Optional<HelpFirst> of(StretchProfile profile, Wearer wearer, Instant at) {
    return RedFlags.stop(Language.EN, profile, RedFlags.Where.of(wearer, at))
        .map(stop -> new HelpFirst(stop.title(), stop.text()));
  }
}
