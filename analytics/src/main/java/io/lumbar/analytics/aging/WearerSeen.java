package io.lumbar.analytics.aging;

import io.lumbar.model.WearerId;

/** Something of a wearer is kept from now on. Not written to any topic. */
public record WearerSeen(WearerId wearer) {}
