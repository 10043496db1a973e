package io.lumbar.app.validate;

/** Tells a person who waits what is being read. */
@FunctionalInterface
public interface Progress {

  /** For where nobody looks. */
  Progress NONE = (what, done, all) -> {};

  /**
   * Says how far it is.
   *
   * @param what the recording that is being read
   * @param done how many recordings are behind
   * @param all how many there are
   */
  void at(String what, int done, int all);
}
