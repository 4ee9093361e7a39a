package dev.tempera.bench.report;

import dev.tempera.bench.contest.Outcome;
import dev.tempera.bench.work.Workload;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Rooflines (Williams, Waterman and Patterson, 2009): rates over operations per byte, both
 * logarithmic, below what the processor can compute and what memory can deliver. One panel for each
 * group of computations.
 *
 * <p>Operations are those of the plain method, so a method that needs fewer may stand above the
 * roof.
 */
public final class Roofline {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 620;
  private static final int COLUMNS = 2;
  private static final double LABEL_DISTANCE = 1.25;
  private static final int LABEL_HEIGHTS = 4;
  private static final Color[] PEER_COLORS = {
    new Color(0xD9, 0x5F, 0x02),
    new Color(0x75, 0x70, 0xB3),
    new Color(0x66, 0xA6, 0x1E),
    new Color(0xE7, 0x29, 0x8A)
  };
  private static final Marker[] PEER_MARKERS = {
    SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.CROSS
  };
  private static final Color OURS_COLOR = new Color(0x1B, 0x6C, 0xA8);
  private static final Color ROOF_COLOR = new Color(0x44, 0x44, 0x44);

  private final double peakRate;
  private final double bandwidth;
  private final int threads;

  /**
   * The roofs.
   *
   * @param peakRate of multiply-adds in registers, in GFLOP/s
   * @param bandwidth of a plain copy, in GB/s, reads and writes counted
   * @param threads with which both were measured
   */
  public Roofline(double peakRate, double bandwidth, int threads) {
    this.peakRate = peakRate;
    this.bandwidth = bandwidth;
    this.threads = threads;
  }

  /**
   * Draws.
   *
   * @param file a PNG file
   * @throws IOException if it cannot be written
   */
  public void draw(Path file, List<Outcome> outcomes) throws IOException {
    Map<String, List<Outcome>> groups = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      groups.computeIfAbsent(outcome.workload().group(), _ -> new ArrayList<>()).add(outcome);
    }
    if (groups.size() > 1) {
      // One point says nothing beside the panels of its kernels.
      groups.values().removeIf(own -> own.stream().map(Outcome::workload).distinct().count() == 1);
    }
    List<XYChart> panels = new ArrayList<>();
    groups.forEach((group, own) -> panels.add(panel(group, own)));
    write(file, drawn(panels));
  }

  private static BufferedImage drawn(List<XYChart> panels) {
    int columns = Math.min(COLUMNS, panels.size());
    int rows = Math.ceilDiv(panels.size(), columns);
    BufferedImage image =
        new BufferedImage(columns * WIDTH, rows * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    for (int i = 0; i < panels.size(); i++) {
      BufferedImage panel = BitmapEncoder.getBufferedImage(panels.get(i));
      graphics.drawImage(panel, i % columns * WIDTH, i / columns * HEIGHT, null);
    }
    graphics.dispose();
    return image;
  }

  /** Beside the file, and then moved there. */
  private static void write(Path file, BufferedImage image) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    ImageIO.write(image, "png", beside.toFile());
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private XYChart panel(String group, List<Outcome> outcomes) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(group + ", " + threads + (threads == 1 ? " thread" : " threads"))
            .xAxisTitle("operations of the plain method per byte moved at least (FLOP/byte)")
            .yAxisTitle("GFLOP/s")
            .build();
    style(chart);
    roof(chart, outcomes);
    label(chart, outcomes);
    Map<String, List<Outcome>> byPeer = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      byPeer.computeIfAbsent(outcome.peer(), _ -> new ArrayList<>()).add(outcome);
    }
    List<Outcome> once = byPeer.values().iterator().next();
    points(
        chart,
        "ours",
        once,
        once.stream().map(Outcome::oursRate).toList(),
        OURS_COLOR,
        SeriesMarkers.CIRCLE);
    int index = 0;
    for (Map.Entry<String, List<Outcome>> peer : byPeer.entrySet()) {
      points(
          chart,
          peer.getKey(),
          peer.getValue(),
          peer.getValue().stream().map(Outcome::peerRate).toList(),
          PEER_COLORS[index % PEER_COLORS.length],
          PEER_MARKERS[index % PEER_MARKERS.length]);
      index++;
    }
    return chart;
  }

  private static void style(XYChart chart) {
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setYAxisLogarithmic(true)
        .setLegendPosition(Styler.LegendPosition.InsideSE)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setMarkerSize(9)
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16))
        .setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
  }

  /** The two roofs, as wide as the points ask for. */
  private void roof(XYChart chart, List<Outcome> outcomes) {
    double ridge = peakRate / bandwidth;
    double least = ridge / 4;
    double most = ridge * 4;
    for (Outcome outcome : outcomes) {
      least = Math.min(least, intensity(outcome) / 2);
      most = Math.max(most, intensity(outcome) * 2);
    }
    double lowest = rates(outcomes).min().orElseThrow() / 3;
    double top = highest(outcomes) * Math.pow(LABEL_DISTANCE, LABEL_HEIGHTS + 1);
    chart.getStyler().setXAxisMin(least).setXAxisMax(most).setYAxisMin(lowest).setYAxisMax(top);
    double left = Math.max(least, lowest / bandwidth);
    line(
        chart,
        String.format(Locale.ROOT, "copy %.0f GB/s", bandwidth),
        new double[] {left, ridge},
        new double[] {left * bandwidth, peakRate});
    line(
        chart,
        String.format(Locale.ROOT, "multiply-add %.0f GFLOP/s", peakRate),
        new double[] {ridge, most},
        new double[] {peakRate, peakRate});
  }

  private static XYSeries line(XYChart chart, String name, double[] x, double[] y) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(ROOF_COLOR);
    series.setLineStyle(new BasicStroke(1.5f));
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }

  private static void points(
      XYChart chart,
      String name,
      List<Outcome> outcomes,
      List<Double> rates,
      Color color,
      Marker marker) {
    List<Double> intensities = outcomes.stream().map(Roofline::intensity).toList();
    XYSeries series = chart.addSeries(name, intensities, rates);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(marker);
    series.setMarkerColor(color);
  }

  /** Names above all points at changing heights, each with a thin line down to its points. */
  private static void label(XYChart chart, List<Outcome> outcomes) {
    Map<Workload, Double> lowest = new LinkedHashMap<>();
    outcomes.stream()
        .sorted(Comparator.comparingDouble(Roofline::intensity))
        .forEach(
            outcome ->
                lowest.merge(
                    outcome.workload(),
                    Math.min(outcome.oursRate(), outcome.peerRate()),
                    Math::min));
    double bottom = highest(outcomes) * LABEL_DISTANCE;
    int index = 0;
    for (Map.Entry<Workload, Double> entry : lowest.entrySet()) {
      double height = bottom * Math.pow(LABEL_DISTANCE, index++ % LABEL_HEIGHTS);
      Workload workload = entry.getKey();
      double x = workload.computation().intensity();
      XYSeries leader =
          line(
              chart,
              "leader " + index,
              new double[] {x, x},
              new double[] {entry.getValue(), height});
      leader.setLineColor(Color.LIGHT_GRAY);
      leader.setShowInLegend(false);
      chart.addAnnotation(
          new AnnotationText(workload.label(), x, height * Math.sqrt(LABEL_DISTANCE), false));
    }
  }

  private static double highest(List<Outcome> outcomes) {
    return rates(outcomes).max().orElseThrow();
  }

  private static DoubleStream rates(List<Outcome> outcomes) {
    return outcomes.stream()
        .flatMapToDouble(
            each -> DoubleStream.of(each.oursRate(), each.peerRate(), each.peakRate()));
  }

  private static double intensity(Outcome outcome) {
    return outcome.workload().computation().intensity();
  }
}
