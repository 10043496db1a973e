package io.lumbar.http;

import io.lumbar.model.RandomIds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Codes that sign somebody in once, within ten minutes. Thread-safe. */
final class OneTimeCodes {
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private final Map<String, Grant> grants = new HashMap<>();

  /** A new code for somebody. */
  synchronized String issue(Principal principal, Instant now) {
    grants.values().removeIf(grant -> !now.isBefore(grant.expiry()));
    String code = RandomIds.secret("");
    grants.put(Tokens.hash(code), new Grant(principal, now.plus(LIFETIME)));
    return code;
  }

  /** Whom the code signs in; a second time it signs nobody in. */
  synchronized Optional<Principal> redeem(String code, Instant now) {
    Grant grant = grants.remove(Tokens.hash(code));
    return grant != null && now.isBefore(grant.expiry())
        ? Optional.of(grant.principal())
        : Optional.empty();
  }

  private record Grant(Principal principal, Instant expiry) {}
}
