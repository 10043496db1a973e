package io.lumbar.http.mail;

/**
 * A message to one person, the same as plain text and as HTML.
 *
 * @param id the same for a message that is sent again, so that a mailbox can tell; letters, digits
 *     and {@code . _ -}
 * @param to one address
 * @param html a whole document that loads nothing
 */
public record Mail(String id, String to, String subject, String text, String html) {

  /** Refuses what would break out of a header. */
  public Mail {
    if (!id.matches("[A-Za-z0-9._-]{1,120}")) {
      throw new IllegalArgumentException("the id of a mail has letters, digits and . _ -");
    }
    if (subject.isBlank() || subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("the subject of a mail is one line");
    }
  }

  /** Names the mail and neither its reader nor what it says. */
  @Override
  public String toString() {
    return "mail " + id;
  }
}
