package io.lumbar.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;

/**
 * Ids that are a function of what they name, so that a replay gives the same id again and a store
 * can overwrite instead of doubling.
 */
public final class StableIds {
  private StableIds() {}

  /** The bout of a posture that starts at an instant. */
  public static String bout(WearerId wearer, Posture posture, Instant from) {
    return hash("b_", wearer.value(), posture.wireName(), Long.toString(from.toEpochMilli()));
  }

  /** The episode of a kind that starts at an instant. */
  public static String episode(WearerId wearer, EpisodeKind kind, Instant from) {
    return hash("e_", wearer.value(), kind.wireName(), Long.toString(from.toEpochMilli()));
  }

  /** The alert for a step of an episode. */
  public static String alert(String episode, int step) {
    return hash("a_", episode, Integer.toString(step));
  }

  /**
   * The decision taken about a step of an episode with a reason: taking it again changes nothing.
   */
  public static String decision(String episode, int step, String reason) {
    return hash("c_", episode, Integer.toString(step), reason);
  }

  /**
   * The statement of a wearer that consists of these parts: saying the same again is the same
   * statement.
   */
  public static String statement(WearerId wearer, String kind, String... parts) {
    return hash("s_", wearer.value(), kind, String.join("|", parts));
  }

  private static String hash(String prefix, String... parts) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("|", parts).getBytes(StandardCharsets.UTF_8));
      byte[] head = new byte[12];
      System.arraycopy(digest, 0, head, 0, head.length);
      return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(head);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
