package io.lumbar.analytics.sitting;

/**
 * The instant as of which a wearer is looked at.
 *
 * @param now epoch milliseconds
 * @param live false while older input waits to be read: it may say that what still holds ended long
 *     ago, so nothing is said to hold beyond {@code now}
 */
record Present(long now, boolean live) {}
