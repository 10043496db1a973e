package io.lumbar.app.fault;

/**
 * Something a person can put right: a port in use, a folder without permission, a setting that is
 * not one. The message is the whole answer, one sentence a line with the way out; it is printed
 * without a stack trace and the process ends with exit code 1.
 */
@SuppressWarnings("serial") // never serialised
public class UserMistake extends RuntimeException {

  public UserMistake(String sentence) {
    super(sentence, null, false, false);
  }
}
