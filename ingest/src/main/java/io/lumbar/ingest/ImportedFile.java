package io.lumbar.ingest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import org.jspecify.annotations.Nullable;

/**
 * A file to import, with what was told beside it.
 *
 * @param device what the device of its data is called
 * @param into the registered device that made it, or null for one of that name
 * @param zone the zone of its local times, or empty for the wearer's
 * @param start the instant when the recording began, or empty
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ImportedFile(
    String filename,
    String format,
    String device,
    @Nullable DeviceId into,
    Placement placement,
    String zone,
    String start) {}
