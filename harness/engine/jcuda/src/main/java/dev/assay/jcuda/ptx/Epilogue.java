package dev.assay.jcuda.ptx;

import dev.assay.tensor.plan.Buffer;
import dev.assay.tensor.plan.Kernel.Tile;
import dev.assay.tensor.plan.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The code of a tile as a part of a committed kernel: it takes the kernel's results where they are
 * made, by the same instructions as in a kernel of its own, so by the same bits.
 *
 * <p>The kernel says where: {@code .pragma "results INDEX COUNT V0 V1 V2 V3"} names registers with
 * the number of an element in the row-major order of all results, how many of the four elements
 * from there exist (1 to 4), and their values.
 *
 * @param views whose addresses follow the kernel's own parameters
 * @param parameters declarations of theirs, {@link Source#NAME} in place of the kernel's name
 * @param body instructions; {@code $INDEX$} … {@code $V3$} stand for the registers that the kernel
 *     names
 */
public record Epilogue(
    List<View> views, List<String> parameters, String declarations, String body) {
  private static final List<String> OPERANDS =
      List.of("$INDEX$", "$COUNT$", "$V0$", "$V1$", "$V2$", "$V3$");
  private static final Pattern PLACE = Pattern.compile("\\.pragma \"results ([^\"]*)\";");

  /**
   * Writes the code.
   *
   * @param tile without reductions; what it loads from {@code results} is all of it in order
   * @param columns of a row of results
   * @param aligned whether a view's first element is at a multiple of 16 bytes
   */
  public static Epilogue of(Tile tile, Buffer results, int columns, Predicate<View> aligned) {
    Assembly out = new Assembly("x");
    Elements elements = new Elements(tile, results, out);
    List<String> bases = elements.views().stream().map(_ -> out.address()).toList();
    boolean vector = columns % Elements.VECTOR == 0 && elements.admitsVectors(aligned);
    List<String> numbers = new ArrayList<>();
    List<String> guards = new ArrayList<>();
    if (vector) {
      numbers.add(out.s32("shr.u32", "$INDEX$", "2"));
    } else {
      String last = out.s32("add.s32", "$COUNT$", "-1");
      for (int lane = 0; lane < Elements.VECTOR; lane++) {
        // what does not exist is made of the last that does, and not stored
        String nearest = out.s32("min.s32", last, String.valueOf(lane));
        numbers.add(out.s32("add.s32", "$INDEX$", nearest));
        guards.add(out.predicate("setp.gt.s32", "$COUNT$", String.valueOf(lane)));
      }
    }
    elements.write(bases, new Elements.Lanes(vector, numbers, OPERANDS.subList(2, 6), guards));
    return new Epilogue(elements.views(), out.parameters(), out.declarations(), out.body());
  }

  /** A committed module whose results leave as they are. */
  public static String none(String module) {
    return PLACE.matcher(module).replaceAll("");
  }

  /**
   * A kernel with the code in it.
   *
   * @param kernel the text of a committed kernel, from its entry to its last brace
   * @param name of the kernel in the text
   * @param fused its new name
   */
  String into(String kernel, String name, String fused) {
    Matcher place = PLACE.matcher(kernel);
    if (!place.find()) {
      throw new IllegalArgumentException(name + " does not say where its results are");
    }
    String[] registers = place.group(1).split(" ");
    String code = body;
    for (int i = 0; i < registers.length; i++) {
      code = code.replace(OPERANDS.get(i), registers[i]);
    }
    String text = kernel.substring(0, place.start()) + code + kernel.substring(place.end());
    int head = text.indexOf(')');
    int begin = text.indexOf('{') + 1;
    StringBuilder whole = new StringBuilder(text.substring(0, head).stripTrailing());
    parameters.forEach(
        parameter -> whole.append(",\n\t").append(parameter.replace(Source.NAME, fused)));
    whole.append("\n)").append(text, head + 1, begin).append('\n').append(declarations);
    return whole
        .append(text.substring(begin).replace(Source.NAME, fused))
        .toString()
        .replaceAll("\\b" + name + "\\b", fused)
        .replace(name + "_param_", fused + "_param_");
  }
}
