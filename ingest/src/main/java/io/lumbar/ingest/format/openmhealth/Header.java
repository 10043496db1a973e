package io.lumbar.ingest.format.openmhealth;

import io.lumbar.ingest.format.Item;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The header of a data point, of Open mHealth or of IEEE 1752.1.
 *
 * @param schema what the body is, without its namespace
 * @param major the schema's version before the first point
 * @param at when the data came to be at its source, as far as the header knows
 */
record Header(String schema, String major, Instant at) {
  private static final Pattern VERSION =
      Pattern.compile("\\d{1,9}\\.(\\d{1,9}|x)(\\.[0-9A-Za-z]{1,20})?");
  private static final Set<String> MODALITIES = Set.of("sensed", "self-reported");

  static Header of(Item header) {
    return header.has("uuid") ? ieee(header) : omh(header);
  }

  private static Header omh(Item header) {
    header.text("id");
    Instant at = TimeFrame.dateTime(header, "creation_date_time");
    Item provenance = header.find("acquisition_provenance");
    if (provenance != null) {
      provenance.text("source_name");
      provenance.textOrNull("source_data_point_id");
      if (provenance.has("modality")) {
        provenance.oneOf("modality", MODALITIES);
      }
      if (provenance.has("source_creation_date_time")) {
        at = TimeFrame.dateTime(provenance, "source_creation_date_time");
      }
      if (provenance.has("source_last_modification_date_time")) {
        Instant unused = TimeFrame.dateTime(provenance, "source_last_modification_date_time");
      }
    }
    header.textOrNull("user_id");
    return with(header, at);
  }

  private static Header ieee(Item header) {
    header.text("uuid");
    if (header.has("modality")) {
      header.oneOf("modality", MODALITIES);
    }
    return with(header, TimeFrame.dateTime(header, "source_creation_date_time"));
  }

  private static boolean isAbsolute(String url) {
    try {
      return new URI(url).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static Header with(Item header, Instant at) {
    Item id = header.object("schema_id");
    id.text("namespace");
    String version = id.text("version");
    if (!VERSION.matcher(version).matches()) {
      throw id.fault("version", "must be a major and a minor number, as in 1.0");
    }
    String url = id.textOrNull("url");
    if (url != null && !isAbsolute(url)) {
      throw id.fault("url", "must be a URI");
    }
    return new Header(id.text("name"), version.substring(0, version.indexOf('.')), at);
  }
}
