package dev.tempera.style.image;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * How the rows and columns of a file lie relative to the upright picture, as the Exif tag
 * Orientation (Exif 2.32, tag 274) says.
 *
 * <p>The constants are in the order of the tag's values 1 to 8 and are named after what makes the
 * stored picture upright.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRROR_COLUMNS(false, true, false),
  ROTATE_180(false, true, true),
  MIRROR_ROWS(false, false, true),
  TRANSPOSE(true, false, false),
  ROTATE_90_CLOCKWISE(true, false, true),
  TRANSVERSE(true, true, true),
  ROTATE_90_COUNTERCLOCKWISE(true, true, false);

  private final boolean swapsAxes;
  private final boolean mirrorsColumns;
  private final boolean mirrorsRows;

  Orientation(boolean swapsAxes, boolean mirrorsColumns, boolean mirrorsRows) {
    this.swapsAxes = swapsAxes;
    this.mirrorsColumns = mirrorsColumns;
    this.mirrorsRows = mirrorsRows;
  }

  /**
   * The orientation that the file's Exif data states, upright where it states none.
   *
   * <p>Exif data that cannot be read counts as absent: the picture beside it may well be whole.
   */
  static Orientation of(byte[] file) {
    try {
      return of(ImageMetadataReader.readMetadata(new ByteArrayInputStream(file)));
    } catch (ImageProcessingException | IOException | RuntimeException unreadable) {
      return UPRIGHT;
    }
  }

  private static Orientation of(Metadata metadata) {
    ExifIFD0Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Integer value = exif == null ? null : exif.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
    if (value == null || value < 1 || value > values().length) {
      return UPRIGHT;
    }
    return values()[value - 1];
  }

  /** The width of the upright picture whose stored form has these sides. */
  int uprightWidth(int storedWidth, int storedHeight) {
    return swapsAxes ? storedHeight : storedWidth;
  }

  /** The height of the upright picture whose stored form has these sides. */
  int uprightHeight(int storedWidth, int storedHeight) {
    return swapsAxes ? storedWidth : storedHeight;
  }

  /**
   * Where the stored pixel belongs in the upright picture's plane, whose rows follow each other.
   */
  int uprightIndex(int storedColumn, int storedRow, int storedWidth, int storedHeight) {
    int column = mirrorsColumns ? storedWidth - 1 - storedColumn : storedColumn;
    int row = mirrorsRows ? storedHeight - 1 - storedRow : storedRow;
    return swapsAxes ? column * storedHeight + row : row * storedWidth + column;
  }
}
