package dev.assay.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.Window;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Building graphs: shapes, what folds away, what is refused. */
class TensorTest {
  private final Tensor x = Tensor.input("x", DType.F32, Shape.of(2, 6));

  // ---- simplification ----

  @Test
  void neutralElementsVanishAndConstantsFold() {
    assertThat(x.add(0)).isSameAs(x);
    assertThat(x.mul(1)).isSameAs(x);
    assertThat(x.div(1)).isSameAs(x);
    assertThat(x.sub(0)).isSameAs(x);
    assertThat(Tensor.scalar(1).mul(x)).isSameAs(x);
    assertThat(Tensor.scalar(3).div(4).op()).isEqualTo(new Op.Fill(0.75f));
    assertThat(Tensor.scalar(2).pow(Tensor.scalar(5)).op()).isEqualTo(new Op.Fill(32));
    assertThat(Tensor.scalar(2).less(Tensor.fill(2, Shape.of(3))).op()).isEqualTo(new Op.Fill(0));
  }

  @Test
  void aNeutralElementOfALargerShapeStillBroadcasts() {
    Tensor scalar = Tensor.input("s", DType.F32, Shape.SCALAR);
    assertThat(scalar.add(Tensor.fill(0, Shape.of(3))).shape()).isEqualTo(Shape.of(3));
    assertThat(scalar.mul(Tensor.fill(1, Shape.of(3))).shape()).isEqualTo(Shape.of(3));
  }

  @Test
  void viewsOfViewsCollapse() {
    assertThat(x.reshape(3, 4).reshape(2, 6)).isSameAs(x);
    assertThat(x.permute(1, 0).permute(1, 0)).isSameAs(x);
    assertThat(x.permute(0, 1)).isSameAs(x);
    assertThat(x.slice(1, 0, 6)).isSameAs(x);
    assertThat(x.pad(0, 0, 0, 1)).isSameAs(x);
    assertThat(x.pad(1, 2, 1, 0).slice(1, 2, 6)).isSameAs(x);
    Tensor y = Tensor.input("y", DType.F32, Shape.of(2, 3));
    assertThat(Tensor.concat(1, x, y).slice(1, 6, 3)).isSameAs(y);
    assertThat(Tensor.concat(1, x, y).slice(1, 5, 2).op()).isInstanceOf(Op.Slice.class);
    assertThat(Tensor.fill(2, Shape.of(3, 4)).slice(0, 1, 2).op()).isEqualTo(new Op.Fill(2));
    assertThat(Tensor.concat(0, x)).isSameAs(x);
    assertThat(x.sumKeep()).isSameAs(x);
  }

  // ---- shapes ----

  @Test
  void shapesOfResults() {
    assertThat(x.reshape(3, -1).shape()).isEqualTo(Shape.of(3, 4));
    assertThat(x.reshape(-1).shape()).isEqualTo(Shape.of(12));
    assertThat(x.sum().shape()).isEqualTo(Shape.SCALAR);
    assertThat(x.sum(-1).shape()).isEqualTo(Shape.of(2));
    assertThat(x.sumKeep(0).shape()).isEqualTo(Shape.of(1, 6));
    assertThat(x.reshape(3, 2, 2).sum(0, 2).shape()).isEqualTo(Shape.of(2));
    assertThat(x.argMax().shape()).isEqualTo(Shape.of(2));
    assertThat(x.argMax().dtype()).isEqualTo(DType.I32);
    Tensor batch = Tensor.input("b", DType.F32, Shape.of(3, 1, 6, 5));
    assertThat(x.matmul(batch).shape()).isEqualTo(Shape.of(3, 1, 2, 5));
    Tensor i = Tensor.input("i", DType.I32, Shape.of(4, 3));
    assertThat(x.gather(i).shape()).isEqualTo(Shape.of(4, 3, 6));
    assertThat(Tensors.oneHot(i, 9).shape()).isEqualTo(Shape.of(4, 3, 9));
    Tensor image = Tensor.input("image", DType.F32, Shape.of(2, 28, 28, 4));
    Tensor filter = Tensor.input("filter", DType.F32, Shape.of(4, 4, 2, 8));
    Window window = new Window(2, 2, 1, 1, 1, 1, 1, 1, 2);
    assertThat(image.conv2d(filter, window).shape()).isEqualTo(Shape.of(2, 14, 14, 8));
  }

  @Test
  void aBatchOfNothingKeepsItsShapeInAProduct() {
    Tensor a = Tensor.input("a", DType.F32, Shape.of(2, 3, 0));
    Tensor b = Tensor.input("b", DType.F32, Shape.of(0, 5));
    assertThat(a.matmul(b).shape()).isEqualTo(Shape.of(2, 3, 5));
  }

  // ---- errors ----

  @Test
  void errorsNameTheOperationAndTheShapes() {
    Tensor y = Tensor.input("y", DType.F32, Shape.of(5, 2));
    Tensor i = Tensor.input("i", DType.I32, Shape.of(2));
    Map<String, Runnable> wrong =
        Map.ofEntries(
            Map.entry("shapes [2, 6] and [5, 2] do not broadcast", () -> x.add(y)),
            Map.entry("matmul: [2, 6] and [5, 2] do not chain", () -> x.matmul(y)),
            Map.entry("reshape: [2, 6] has 12 elements, [5] has 5", () -> x.reshape(5)),
            Map.entry("permute: [0, 0] is no order of the axes of [2, 6]", () -> x.permute(0, 0)),
            Map.entry(
                "broadcast: [2, 6] does not broadcast to [6]", () -> x.broadcast(Shape.of(6))),
            Map.entry("concat along axis 0: [2, 6] and [5, 2]", () -> Tensor.concat(0, x, y)),
            Map.entry("split: axis 1 of [2, 6] has no 4 equal parts", () -> x.split(1, 4)),
            Map.entry("pad: negative padding; use slice", () -> x.pad(0, -1, 0, 0)),
            Map.entry("gather needs I32 indices, got Input[name=y] F32 [5, 2]", () -> x.gather(y)),
            Map.entry("EXP needs F32 operands, got Input[name=i] I32 [2]", i::exp),
            Map.entry("where needs F32 operands, got Input[name=i] I32 [2]", () -> i.where(x, x)),
            Map.entry("slice: starts [0, 4], sizes [2, 3] leave [2, 6]", () -> x.slice(1, 4, 3)),
            Map.entry("putRows: [2, 6], indices [2], values [5, 2]", () -> x.putRows(i, y)),
            Map.entry("scatterAdd: indices [2], values [5, 2]", () -> Tensor.scatterAdd(i, y, 3)),
            Map.entry(
                "constant: 2 values for shape [3]",
                () -> Tensor.constant(new float[2], Shape.of(3))),
            Map.entry(
                "random [3] needs a key I32 [2] or I32 [rows, 2], got Input[name=y] F32 [5, 2]",
                () -> Draws.perRow(y).uniform(Shape.of(3))));
    wrong.forEach((message, build) ->
        assertThatThrownBy(build::run)
            .as(message)
            .isInstanceOf(ShapeException.class)
            .hasMessage(message));
  }

  @Test
  void attentionRefusesHeadsThatDoNotDivideAndLengthsOfAnotherBatch() {
    Tensor q = Tensor.input("q", DType.F32, Shape.of(2, 4, 5, 3));
    Tensor k = Tensor.input("k", DType.F32, Shape.of(2, 3, 5, 3));
    Tensor one = Tensor.input("l", DType.I32, Shape.of(1));
    assertThatThrownBy(() -> Tensors.attention(q, k, k, null, 1, true))
        .hasMessage("attention: q [2, 4, 5, 3], k [2, 3, 5, 3], v [2, 3, 5, 3]");
    assertThatThrownBy(() -> Tensors.attention(q, q, q, one, 1, true))
        .hasMessage("attention: lengths need I32 [2], got Input[name=l] I32 [1]");
  }

  // ---- graphs ----

  @Test
  void theOrderHasOperandsBeforeUsersAndEachTensorOnce() {
    Tensor a = x.exp();
    Tensor b = a.mul(x).add(a);
    Graph graph = Graph.builder().output("b", b).output("a", a).output("again", b).build();
    List<Tensor> order = graph.order();
    assertThat(order).doesNotHaveDuplicates().hasSize(4).endsWith(b);
    for (Tensor t : order) {
      assertThat(order.subList(0, order.indexOf(t))).containsAll(t.operands());
    }
    assertThat(graph)
        .hasToString(
            """
            %0 = Input[name=x] F32 [2, 6]
            %1 = Unary[fn=EXP] F32 [2, 6] (%0)
            %2 = Binary[fn=MUL] F32 [2, 6] (%1, %0)
            %3 = Binary[fn=ADD] F32 [2, 6] (%2, %1)
            output b = %3
            output a = %1
            output again = %3
            """);
  }

  @Test
  void aGraphOfAHundredThousandOperationsInARowIsOrdered() {
    Tensor t = x;
    for (int i = 0; i < 100_000; i++) {
      t = t.binary(BinaryFn.ADD, x);
    }
    assertThat(Graph.order(List.of(t))).hasSize(100_001);
  }

  @Test
  void outputsAndAssignmentsHaveOneMeaning() {
    assertThatThrownBy(() -> Graph.builder().output("y", x).output("y", x))
        .hasMessage("two outputs are named 'y'");
  }

  // ---- FLOPs ----

  @Test
  void flopsByHand() {
    Tensor q = Tensor.input("q", DType.F32, Shape.of(2, 3, 4, 5));
    Tensor k = Tensor.input("k", DType.F32, Shape.of(2, 1, 6, 5));
    Tensor image = Tensor.input("image", DType.F32, Shape.of(2, 8, 8, 4));
    Tensor filter = Tensor.input("filter", DType.F32, Shape.of(3, 3, 2, 6));
    Window window = new Window(2, 2, 1, 1, 1, 1, 1, 1, 2);
    Tensor y = image.conv2d(filter, window);
    // Every element of y [2, 4, 4, 6] sums 3·3·2 products.
    assertThat(Flops.of(y)).isEqualTo(2L * 2 * 4 * 4 * 6 * 18);
    assertThat(Flops.of(y.conv2dTranspose(filter, window, 8, 8))).isEqualTo(Flops.of(y));
    assertThat(Flops.of(Gradients.of(y.sum(), filter))).isEqualTo(Flops.of(y));
    // Two products of depth 5 for each of the 2·3 heads' 4·6 pairs.
    Tensor all = Tensor.attentionFlat(q, k, k, List.of(), 1, false);
    assertThat(Flops.of(all)).isEqualTo(2 * 2L * 5 * 6 * 24);
    // Causal: the queries see 3, 4, 5 and 6 keys.
    Tensor causal = Tensor.attentionFlat(q, k, k, List.of(), 1, true);
    assertThat(Flops.of(causal)).isEqualTo(2 * 2L * 5 * 6 * 18);
    assertThat(Flops.of(x.sum(0))).isZero();
    assertThat(Flops.of(x.sumKeep(0))).isEqualTo(12);
    assertThat(Flops.of(x.exp())).isEqualTo(12);
    assertThat(Flops.of(x.transpose(0, 1))).isZero();
  }
}
