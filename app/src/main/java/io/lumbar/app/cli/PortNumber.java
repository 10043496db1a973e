package io.lumbar.app.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Refuses as wrong usage what is no port, before any setting is read. */
final class PortNumber implements ITypeConverter<String> {
  private static final int HIGHEST = 65_535;

  @Override
  public String convert(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= HIGHEST) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The sentence below covers it.
    }
    throw new TypeConversionException("a port is a whole number from 0 to " + HIGHEST);
  }
}
