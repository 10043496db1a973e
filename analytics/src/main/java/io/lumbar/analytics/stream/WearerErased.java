package io.lumbar.analytics.stream;

/** A wearer is no more; the stores are cleared, and what is kept in memory has to go. */
public record WearerErased(String wearer) {}
