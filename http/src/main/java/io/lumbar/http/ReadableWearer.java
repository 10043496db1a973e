package io.lumbar.http;

import io.javalin.http.Context;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds the wearer that a path names, for whoever may read what was measured of them. */
public final class ReadableWearer {
  private static final String READ = "lumbar.read";
  private static final String NOW = "lumbar.now";
  private static final String READ_OF_ALL = "lumbar.read.all";

  /** Whose data a request reads, and by what right. */
  public record Read(WearerId wearer, Principal.Kind by) {}

  /** Of whom a request reads something at once, by what right, and what. */
  public record ReadOfAll(List<WearerId> wearers, Principal.Kind by, String what) {}

  private ReadableWearer() {}

  /**
   * The wearer of the path's {@code wearer}, an id or a name.
   *
   * @throws ApiException 403 for tokens that read nobody and while the wearer pauses sharing, or
   *     404; a wearer's token gets the same 404 for a stranger as for nobody, so that it does not
   *     tell who else is here
   */
  public static Wearer of(Context context, Registry registry, Principal principal) {
    return of(context, registry, principal, context.pathParam("wearer"));
  }

  /** As {@link #of(Context, Registry, Principal)}, of a wearer that something else names. */
  public static Wearer of(Context context, Registry registry, Principal principal, String wanted) {
    refuseNonReaders(principal);
    Optional<Wearer> wearer = registry.wearer(wanted);
    if (wearer.isEmpty() || !principal.mayRead(wearer.get().id())) {
      throw ApiException.notFound(
          "There is no wearer '"
              + wanted
              + "' that this sign-in may read. Use the id or the name that 'wearer add' printed.");
    }
    refuseWhilePaused(context, wearer.get(), principal);
    context.attribute(READ, new Read(wearer.get().id(), principal.kind()));
    return wearer.get();
  }

  /** Notes when a request came. */
  static void at(Context context, Instant now) {
    context.attribute(NOW, now);
  }

  private static void refuseWhilePaused(Context context, Wearer wearer, Principal principal) {
    Instant now = context.attribute(NOW);
    if (principal.kind() == Principal.Kind.OWNER
        && now != null
        && wearer.settings().pausesSharing(now)) {
      throw ApiException.forbidden(
          "This wearer has paused sharing until "
              + wearer.settings().sharingPausedUntil()
              + "; until then only the wearer's own token reads.");
    }
  }

  /** What {@link #of} let a request read, empty when it was not asked. */
  public static Optional<Read> read(Context context) {
    return Optional.ofNullable(context.attribute(READ));
  }

  /**
   * Notes that a request reads something of several wearers at once.
   *
   * @param what a word for the kind of data
   */
  public static void ofAll(
      Context context, Principal principal, Collection<Wearer> wearers, String what) {
    List<WearerId> ids = wearers.stream().map(Wearer::id).toList();
    context.attribute(READ_OF_ALL, new ReadOfAll(ids, principal.kind(), what));
  }

  /** What {@link #ofAll} noted, empty for other requests. */
  public static Optional<ReadOfAll> readOfAll(Context context) {
    return Optional.ofNullable(context.attribute(READ_OF_ALL));
  }

  /**
   * Lets readers pass.
   *
   * @throws ApiException 403 that says which token to use instead
   */
  public static void refuseNonReaders(Principal principal) {
    switch (principal.kind()) {
      case ADMIN ->
          throw ApiException.forbidden(
              "An admin token manages wearers and devices and reads no health values;"
                  + " use the wearer's own token.");
      case DEVICE ->
          throw ApiException.forbidden(
              "A device token only uploads; use the wearer's token, which 'wearer add' printed.");
      case OWNER, WEARER -> {}
    }
  }
}
