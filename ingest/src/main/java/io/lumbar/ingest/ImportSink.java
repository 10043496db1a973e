package io.lumbar.ingest;

/** Takes what an import's reader finds, in the order of the file. */
interface ImportSink {

  /** One element; rows are counted by their elements' counts. */
  void take(Element element);

  /** A sentence for the person who imports. */
  void note(String sentence);
}
