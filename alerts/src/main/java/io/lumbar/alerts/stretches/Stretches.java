package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The catalogue of stretches, in the order of its file. Immutable. */
public final class Stretches {
  private static final Stretches CATALOGUE = load("stretches.yaml");

  private final Map<String, Stretch> byId;

  private Stretches(List<Stretch> stretches) {
    Map<String, Stretch> ids = new LinkedHashMap<>();
    for (Stretch stretch : stretches) {
      if (ids.put(stretch.id(), stretch) != null) {
        throw new IllegalArgumentException("two stretches have the id " + stretch.id());
      }
    }
    byId = ids;
  }

  /** The catalogue that comes with Lumbar. */
  public static Stretches catalogue() {
    return CATALOGUE;
  }

  private static Stretches load(String resource) {
    YAMLMapper mapper =
        YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();
    try (InputStream in =
        Objects.requireNonNull(Stretches.class.getResourceAsStream(resource), resource)) {
      return new Stretches(List.of(mapper.readValue(in, Stretch[].class)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
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
    List<Stretch> fitting =
        byId.values().stream()
            .filter(stretch -> stretch.causes().contains(cause))
            .filter(stretch -> places.contains(stretch.place()))
            .filter(stretch -> stretch.minutes() <= minutes)
            .toList();
    return Rotation.pick(fitting, Stretch::id, seed, recent);
  }
}
