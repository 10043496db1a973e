package io.lumbar.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.history.HistoryStore.Range;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.DayTag;
import io.lumbar.model.Json;
import io.lumbar.model.Statement;
import io.lumbar.model.Wearer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a wearer told in the last days, with the ids by which it is changed and taken back. What was
 * taken back or is to be forgotten is left out.
 */
public final class ToldRoutes implements Routes {
  private final StatementBook book;
  private final Access access;

  public ToldRoutes(
      StatementBook book, Registry registry, Function<Context, Principal> authenticator) {
    this.book = book;
    this.access = new Access(registry, authenticator);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/wearers/{wearer}/statements", this::list);
  }

  private void list(Context context) {
    Wearer wearer = access.wearer(context);
    Range range = new Query(context, wearer, Set.of()).range();
    List<Placed> all =
        book.of(wearer).stream()
            .map(one -> Placed.of(one, wearer))
            .filter(one -> one.touches(range))
            .sorted(Comparator.comparing(Placed::from).thenComparing(one -> one.item().id()))
            .toList();
    int first = range.after() == null ? 0 : behind(all, range.after());
    int end = Math.min(all.size(), first + range.limit());
    List<Item> items = all.subList(first, end).stream().map(Placed::item).toList();
    String next = end < all.size() ? all.get(end - 1).item().id() : null;
    context.contentType("application/json; charset=utf-8");
    context.header("Cache-Control", "no-store");
    context.result(Json.bytes(new Answers.Listing<>(items, next)));
  }

  private static int behind(List<Placed> all, String cursor) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).item().id().equals(cursor)) {
        return i + 1;
      }
    }
    throw ApiException.badRequest(
        "The parameter 'after' is not in this list any more; read it again from the start.");
  }

  /** A statement and the time that it is about, [from, to). */
  private record Placed(Item item, Instant from, Instant to) {
    static Placed of(Statement statement, Wearer wearer) {
      if (statement instanceof CheckIn said) {
        return new Placed(CheckInItem.of(said, wearer), said.at(), said.at().plusNanos(1));
      }
      if (statement instanceof Correction said) {
        return new Placed(CorrectionItem.of(said, wearer), said.from(), said.to());
      }
      if (statement instanceof DayTag said) {
        return new Placed(
            DayTagItem.of(said, wearer),
            Query.startOf(said.date(), wearer),
            Query.startOf(said.date().plusDays(1), wearer));
      }
      throw new IllegalStateException("the book keeps no " + statement.getClass());
    }

    boolean touches(Range range) {
      return (range.to() == null || from.isBefore(range.to()))
          && (range.from() == null || to.isAfter(range.from()));
    }
  }

  /** A statement as a client reads it: the fields with which it was told. */
  private sealed interface Item {
    String id();

    private static OffsetDateTime local(Instant instant, Wearer wearer) {
      return Answers.local(instant, wearer.zoneAt(instant));
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record CheckInItem(
      String kind,
      String id,
      OffsetDateTime statedAt,
      OffsetDateTime at,
      @Nullable Integer pain,
      @Nullable Integer stiffness,
      @Nullable Double liftedKg,
      @Nullable Integer repetitions,
      @Nullable Boolean heavierThanUsual,
      @Nullable String stretchDone)
      implements Item {
    static Item of(CheckIn said, Wearer wearer) {
      return new CheckInItem(
          "check-in",
          said.id(),
          Item.local(said.statedAt(), wearer),
          Item.local(said.at(), wearer),
          said.pain(),
          said.stiffness(),
          said.liftedKg(),
          said.repetitions(),
          said.heavierThanUsual() ? Boolean.TRUE : null,
          said.stretchDone());
    }
  }

  private record CorrectionItem(
      String kind,
      String id,
      OffsetDateTime statedAt,
      OffsetDateTime from,
      OffsetDateTime to,
      Correction.Was was)
      implements Item {
    static Item of(Correction said, Wearer wearer) {
      return new CorrectionItem(
          "correction",
          said.id(),
          Item.local(said.statedAt(), wearer),
          Item.local(said.from(), wearer),
          Item.local(said.to(), wearer),
          said.was());
    }
  }

  private record DayTagItem(
      String kind, String id, OffsetDateTime statedAt, LocalDate date, DayTag.Tag tag)
      implements Item {
    static Item of(DayTag said, Wearer wearer) {
      return new DayTagItem(
          "day-tag", said.id(), Item.local(said.statedAt(), wearer), said.date(), said.tag());
    }
  }
}
