package io.lumbar.reports.interchange;

import io.lumbar.model.WearerId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a wearer is called in what is handed on: the wearer's id, or within a study a pseudonym.
 * Neither the pseudonym nor a record's id can be told from the wearer's id without the study's key.
 * No record, so that nothing prints the secret.
 */
final class Subject {
  private static final String MAC = "HmacSHA256";

  /** As much as keeps a million wearers apart. */
  private static final int NAME_BYTES = 10;

  private static final int ID_BYTES = 16;

  private final String name;

  /** By which ids of records are made; empty where they are handed on as they are. */
  private final Optional<byte[]> secret;

  private Subject(String name, Optional<byte[]> secret) {
    this.name = name;
    this.secret = secret;
  }

  /** The wearer's own id. */
  static Subject of(WearerId wearer) {
    return new Subject(wearer.value(), Optional.empty());
  }

  /**
   * A pseudonym by HMAC-SHA256 (RFC 2104): the same for a wearer throughout a study, and another
   * one in another study.
   *
   * @param key the server's, of any length
   */
  static Subject within(String study, WearerId wearer, String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return new Subject(
        "p_" + hex(mac(bytes, study + "\n" + wearer.value()), NAME_BYTES),
        // No study's name is empty, so that no pseudonym is made of this.
        Optional.of(mac(bytes, "\n" + study + "\n" + wearer.value())));
  }

  /** Stands in place of the wearer's id. */
  String name() {
    return name;
  }

  /** The id of a record that names the wearer; within a study one that nothing can be told from. */
  String idOf(String id) {
    return secret.map(key -> hex(mac(key, id), ID_BYTES)).orElse(id);
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }

  private static String hex(byte[] bytes, int count) {
    return HexFormat.of().formatHex(bytes, 0, count);
  }
}
