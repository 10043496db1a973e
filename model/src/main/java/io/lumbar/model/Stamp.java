package io.lumbar.model;

import java.time.ZoneId;

/**
 * Who measured: stamped by ingest on every record, because a device may be re-registered elsewhere
 * and a wearer may travel.
 */
public record Stamp(DeviceId device, Placement placement, ZoneId zone) {}
