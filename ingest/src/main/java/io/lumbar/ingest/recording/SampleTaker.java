package io.lumbar.ingest.recording;

/** Takes what a reader finds, in the order of the file. */
public interface SampleTaker {

  /**
   * One sample, in the file's own unit.
   *
   * @param nanos epoch nanoseconds; usually ascending, but a clock that was set may step back
   */
  void sample(long nanos, float x, float y, float z);

  /** What comes next does not follow what came before. */
  void gap();

  /** So many parts of the file (rows or blocks) are behind the samples since the last call. */
  void parts(int count);

  /** Parts that hold nothing for us. */
  void ignored(int count);

  /** One part that cannot be read. */
  void refused(String path, String reason);

  /** A sentence for the person who imports. */
  void note(String sentence);
}
