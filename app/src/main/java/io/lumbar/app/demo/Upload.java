package io.lumbar.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A request that a simulated device makes.
 *
 * @param at when the device has the data and a network
 * @param path below the server's address
 */
public record Upload(Instant at, String path, JsonNode body) {}
