package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.OwnStretch;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The catalogue of stretches, in the order of its file. Immutable. */
public final class Stretches {
  private static final JsonNode FILE = Resources.yaml("stretches.yaml");
  private static final Map<Language, Stretches> CATALOGUES = new EnumMap<>(Language.class);

  static {
    for (Language language : Language.values()) {
      CATALOGUES.put(language, read(FILE.path("stretches"), Texts.in(language)));
    }
  }

  private final Map<String, Stretch> byId;

  Stretches(List<Stretch> stretches) {
    Map<String, Stretch> ids = new LinkedHashMap<>();
    for (Stretch stretch : stretches) {
      if (ids.put(stretch.id(), stretch) != null) {
        throw new IllegalArgumentException("two stretches have the id " + stretch.id());
      }
    }
    byId = ids;
  }

  /** What the catalogue says about a stretch apart from its words. */
  private record Entry(
      @JsonProperty(required = true) String id,
      @Nullable String figure,
      @JsonProperty(required = true) Set<Cause> causes,
      @JsonProperty(required = true) Place place,
      @JsonProperty(required = true) Kind kind,
      @JsonProperty(required = true) Set<Trait> traits,
      @JsonProperty(required = true) int holdSeconds,
      @JsonProperty(required = true) int repetitions,
      @JsonProperty(required = true) int sides,
      @JsonProperty(required = true) double minutes) {

    Stretch with(Texts.Words words) {
      return new Stretch(
          id,
          words.name(),
          causes,
          place,
          kind,
          traits,
          figure == null ? id : figure,
          words.steps(),
          holdSeconds,
          repetitions,
          sides,
          minutes,
          words.cautions(),
          words.stopIf(),
          words.evidence());
    }
  }

  /** The catalogue that comes with Lumbar, in English. */
  public static Stretches catalogue() {
    return catalogue(Language.EN);
  }

  /** The catalogue that comes with Lumbar. */
  public static Stretches catalogue(Language language) {
    return Objects.requireNonNull(CATALOGUES.get(language));
  }

  /** This catalogue and, before it, what a wearer wrote down. */
  public Stretches with(List<OwnStretch> own, Texts texts) {
    return new Stretches(
        Stream.concat(own.stream().map(one -> stretch(one, texts)), byId.values().stream())
            .toList());
  }

  /** Of a wearer's own only the place says what it asks of a body. */
  private static Stretch stretch(OwnStretch own, Texts texts) {
    Place place = Place.of(own.place());
    Set<Trait> traits =
        switch (place) {
          case STANDING -> Set.of(Trait.STAND_UP);
          case FLOOR -> Set.of(Trait.FLOOR);
          case CHAIR, BED -> Set.of();
        };
    return new Stretch(
        own.id(),
        own.name(),
        Set.of(Cause.LONG_SITTING, Cause.INACTIVE),
        place,
        Kind.STRETCH,
        traits,
        "",
        own.steps(),
        own.holdSeconds(),
        own.repetitions(),
        own.sides(),
        own.minutes(),
        List.of(),
        texts.line("page", "ownStop"),
        texts.line("page", "added"));
  }

  /** The version of the catalogue. */
  public static int version() {
    return FILE.path("version").intValue();
  }

  /**
   * Reads a catalogue.
   *
   * @throws IllegalArgumentException that names the entry, what is wrong and what is allowed
   */
  static Stretches read(JsonNode entries, Texts texts) {
    List<Stretch> stretches = entries.valueStream().map(entry -> stretch(entry, texts)).toList();
    return new Stretches(stretches);
  }

  private static Stretch stretch(JsonNode data, Texts texts) {
    try {
      Entry entry = Resources.mapper().treeToValue(data, Entry.class);
      return entry.with(texts.stretch(entry.id()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "stretch " + data.path("id").asText("without id") + ": " + e.getOriginalMessage(), e);
    }
  }

  /** The stretch of an id. */
  public Optional<Stretch> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All stretches, in the order of the catalogue. */
  public List<Stretch> all() {
    return List.copyOf(byId.values());
  }

  /**
   * A stretch of at most {@code minutes} for a cause, at one of the places. The same arguments give
   * the same stretch.
   *
   * @param seed spreads the choice, so that different alerts suggest different stretches
   * @param recent ids that were suggested lately, the newest last; they are left out while others
   *     fit, and otherwise the one suggested longest ago comes again
   */
  public Optional<Stretch> pick(
      Cause cause, Set<Place> places, double minutes, int seed, List<String> recent) {
    return pick(cause, places, minutes, seed, recent, stretch -> true);
  }

  /** As above, of those that suit the wearer, see {@link Suitability#suits}. */
  public Optional<Stretch> pick(
      Cause cause,
      Set<Place> places,
      double minutes,
      int seed,
      List<String> recent,
      Predicate<Stretch> suits) {
    List<Stretch> fitting =
        byId.values().stream()
            .filter(stretch -> stretch.causes().contains(cause))
            .filter(stretch -> places.contains(stretch.place()))
            .filter(stretch -> stretch.minutes() <= minutes)
            .filter(suits)
            .toList();
    return Rotation.pick(fitting, Stretch::id, seed, recent);
  }
}
