package io.lumbar.model;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An exercise that a wearer wrote down for themselves.
 *
 * @param id {@code own-} and small letters, digits and -, unique among theirs
 * @param steps what to do, one sentence after the other
 * @param place {@code chair}, {@code standing}, {@code floor} or {@code bed}
 * @param holdSeconds how long a position is held; 0 for a movement without a hold
 * @param repetitions how often, on each side
 * @param sides 1, or 2 when left and right are done in turn
 * @param minutes about how long all of it takes
 */
public record OwnStretch(
    String id,
    String name,
    List<String> steps,
    String place,
    int holdSeconds,
    int repetitions,
    int sides,
    double minutes) {

  /** What ids of wearers' own begin with; none of the catalogue does. */
  public static final String PREFIX = "own-";

  private static final Pattern ID = Pattern.compile("own-[a-z0-9-]{1,40}");
  private static final Set<String> PLACES = Set.of("chair", "standing", "floor", "bed");
  private static final int MOST_NAME = 60;
  private static final int MOST_STEPS = 10;
  private static final int MOST_STEP = 300;

  public OwnStretch {
    require(id != null && ID.matcher(id).matches(), "own: an id is own- and small letters");
    require(isText(name, MOST_NAME), "own: a name has 1 to " + MOST_NAME + " characters");
    steps = steps == null ? List.of() : List.copyOf(steps);
    require(
        !steps.isEmpty()
            && steps.size() <= MOST_STEPS
            && steps.stream().allMatch(step -> isText(step, MOST_STEP)),
        "own: 1 to " + MOST_STEPS + " steps of at most " + MOST_STEP + " characters");
    require(PLACES.contains(place), "own: place is chair, standing, floor or bed");
    require(holdSeconds >= 0 && holdSeconds <= 600, "own: holdSeconds is from 0 to 600");
    require(repetitions >= 1 && repetitions <= 100, "own: repetitions is from 1 to 100");
    require(sides == 1 || sides == 2, "own: sides is 1 or 2");
    require(minutes >= 0.5 && minutes <= 15, "own: minutes is from 0.5 to 15");
    require(
        holdSeconds * repetitions * sides <= minutes * 60,
        "own: what is held takes longer than minutes says");
  }

  private static boolean isText(String text, int most) {
    return text != null
        && !text.isBlank()
        && text.length() <= most
        && text.chars().noneMatch(Character::isISOControl);
  }

  private static void require(boolean fits, String rule) {
    if (!fits) {
      throw new IllegalArgumentException(rule);
    }
  }
}
