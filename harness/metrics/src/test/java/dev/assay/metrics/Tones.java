package dev.assay.metrics;

import dev.assay.spi.Modality;
import dev.assay.spi.MuLaw;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** Sounds of one of three pitches, a little out of tune. */
final class Tones implements Sensitivity.World {
  private static final int COUNT = 60;
  private static final int RATE = 8000;
  private static final int SAMPLES = 400;
  private static final double[] PITCHES = {300, 900, 2100};

  @Override
  public Modality modality() {
    return new Modality.Audio(RATE);
  }

  @Override
  public Values draw(double[] shares, RandomStream random) {
    List<String> sounds = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      double hertz =
          PITCHES[Sensitivity.choose(shares, random)] * (1 + 0.03 * random.nextGaussian());
      double phase = 2 * Math.PI * random.nextDouble();
      StringBuilder codes = new StringBuilder();
      for (int t = 0; t < SAMPLES; t++) {
        double tone = 0.5 * Math.sin(2 * Math.PI * hertz * t / RATE + phase);
        codes.append(code(tone + 0.01 * random.nextGaussian()));
      }
      sounds.add(codes.toString());
    }
    return new Values.Texts(sounds);
  }

  private static char code(double x) {
    return (char) MuLaw.encode((short) Math.clamp(Math.round(x * 32767), -32768, 32767));
  }

  @Override
  public Values noisy(Values values, RandomStream random) {
    return new Values.Texts(
        ((Values.Texts) values).texts().stream().map(sound -> noisy(sound, random)).toList());
  }

  private static String noisy(String sound, RandomStream random) {
    StringBuilder codes = new StringBuilder();
    for (int t = 0; t < sound.length(); t++) {
      codes.append(code(MuLaw.decode(sound.charAt(t)) / 32768.0 + 0.1 * random.nextGaussian()));
    }
    return codes.toString();
  }

  @Override
  public Evaluations run(Values train, Values test) {
    return Evaluations.of(modality(), train, test);
  }

  @Override
  public String title() {
    return "sound";
  }
}
