package io.lumbar.app.cli;

import io.lumbar.model.Placement;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Accepts the names that the API uses. */
final class PlacementConverter implements ITypeConverter<Placement> {
  @Override
  public Placement convert(String text) {
    try {
      return Placement.of(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
