package dev.assay.arch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What no code outside the tests does. */
final class CodingRulesTest {
  private static final DescribedPredicate<JavaClass> BENCH = resideInAPackage("dev.assay.bench..");

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that(DescribedPredicate.not(resideInAnyPackage("dev.assay.cli..", "dev.assay.bench..")))
        .should(ACCESS_STANDARD_STREAMS)
        .because("output is the command line's business; everything else returns or reports")
        .check(Product.CLASSES);
  }

  @Test
  void randomnessIsAnArgument() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            Random.class,
            SplittableRandom.class,
            ThreadLocalRandom.class,
            RandomGenerator.class,
            RandomGeneratorFactory.class)
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(StrictMath.class, "random")
        .because("RandomStream is the only source of randomness that can be reproduced")
        .check(Product.CLASSES);
  }

  @Test
  void nothingSleepsButTheRunnerAndTheCommandLine() {
    noClasses()
        .that(DescribedPredicate.not(resideInAnyPackage("dev.assay.runner..", "dev.assay.cli..")))
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class, int.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .check(Product.CLASSES);
  }

  @Test
  void exceptionsHaveAType() {
    noClasses().should(THROW_GENERIC_EXCEPTIONS).check(Product.CLASSES);
  }

  @Test
  void nothingUsesJavaSerialization() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
        .check(Product.CLASSES);
  }

  @Test
  void nothingUsesJavaxButTheImageReadersOfTheJdk() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("javax..")
                .and(DescribedPredicate.not(resideInAPackage("javax.imageio.."))))
        .check(Product.CLASSES);
  }

  @Test
  void aClassIsFinalOrMadeToBeExtended() {
    classes()
        .that(DescribedPredicate.not(BENCH))
        .and()
        .areNotInterfaces()
        .and()
        .areNotAnonymousClasses()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .and()
        .areNotEnums()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .orShould()
        .haveModifier(JavaModifier.ABSTRACT)
        .check(Product.CLASSES);
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() {
    Set<String> bare =
        Product.CLASSES.stream()
            .map(JavaClass::getPackage)
            .filter(CodingRulesTest::lacksNullMarked)
            .map(JavaPackage::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(bare).as("packages without a @NullMarked package-info.java").isEmpty();
  }

  private static boolean lacksNullMarked(JavaPackage unit) {
    return unit.tryGetPackageInfo()
        .filter(info -> info.isAnnotatedWith(NullMarked.class))
        .isEmpty();
  }
}
