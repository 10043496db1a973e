package io.lumbar.http.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/** Reads one address, so that no list and no header can hide in it. */
final class MailAddress {
  private MailAddress() {}

  /**
   * The address in a text.
   *
   * @throws IllegalArgumentException when it is not exactly one with a host
   */
  static InternetAddress parse(String text) {
    try {
      InternetAddress[] all = InternetAddress.parse(text, true);
      if (all.length == 1 && !all[0].isGroup() && text.chars().noneMatch(Character::isISOControl)) {
        all[0].validate();
        if (all[0].getAddress().indexOf('@') > 0) {
          return all[0];
        }
      }
    } catch (AddressException e) {
      // The sentence below covers it.
    }
    throw new IllegalArgumentException("an e-mail address looks like anna@example.org");
  }

  /** What follows the last {@code @}. */
  static String host(InternetAddress address) {
    return address.getAddress().substring(address.getAddress().lastIndexOf('@') + 1);
  }
}
