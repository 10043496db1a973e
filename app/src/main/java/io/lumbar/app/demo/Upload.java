package io.lumbar.app.demo;

import java.time.Instant;

/**
 * A request that a simulated device makes.
 *
 * @param at when the device has the data and a network
 * @param path below the server's address
 * @param items how many observations or readings it holds
 */
record Upload(Persona persona, Instant at, String path, String body, int items) {}
