package io.lumbar.reports;

import io.javalin.http.Context;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.model.Wearer;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Who may read which wearer's history, and what they hear when it is away. */
final class Access {
  private static final int RETRY_SECONDS = 5;

  private final Registry registry;
  private final Function<Context, Principal> authenticator;

  Access(Registry registry, Function<Context, Principal> authenticator) {
    this.registry = registry;
    this.authenticator = authenticator;
  }

  Principal principal(Context context) {
    return authenticator.apply(context);
  }

  /**
   * The wearer that the path names.
   *
   * @throws ApiException 401, 403, or 404; a wearer's token gets the same 404 for a stranger as for
   *     nobody, so that it does not tell who else is here
   */
  Wearer wearer(Context context) {
    return ReadableWearer.of(context, registry, principal(context));
  }

  /** All wearers that the caller may read, by name. */
  List<Wearer> readable(Principal principal) {
    ReadableWearer.refuseNonReaders(principal);
    return registry.wearers().stream().filter(w -> principal.mayRead(w.id())).toList();
  }

  /**
   * What the history says.
   *
   * @throws ApiException 503 when it cannot be reached
   */
  static <T> T read(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (HistoryUnavailable e) {
      throw ApiException.unavailable("The history cannot be reached at the moment.", RETRY_SECONDS);
    }
  }
}
