package io.lumbar.reports.interchange;

import io.lumbar.model.WearerId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a wearer is called in what is handed on: the wearer's id, or within a study a pseudonym.
 *
 * @param name stands in place of the wearer's id
 */
record Subject(String name, boolean isPseudonym) {
  private static final String MAC = "HmacSHA256";

  /** As much as keeps a million wearers apart. */
  private static final int BYTES = 10;

  /** The wearer's own id. */
  static Subject of(WearerId wearer) {
    return new Subject(wearer.value(), false);
  }

  /**
   * A pseudonym by HMAC-SHA256 (RFC 2104): the same for a wearer throughout a study, another one in
   * another study, and told from the wearer's id by nobody without the key.
   */
  static Subject within(String study, WearerId wearer, String key) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), MAC));
      byte[] all = mac.doFinal((study + "\n" + wearer.value()).getBytes(StandardCharsets.UTF_8));
      return new Subject("p_" + HexFormat.of().formatHex(all, 0, BYTES), true);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }

  /** The id of a record that names the wearer; one that no pseudonym can be told from. */
  String idOf(String id) {
    return isPseudonym ? name + "|" + id : id;
  }
}
