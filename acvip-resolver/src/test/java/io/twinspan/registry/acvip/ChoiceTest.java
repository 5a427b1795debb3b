package io.twinspan.registry.acvip;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationEpoch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChoiceTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final DatacenterId NORTH = new DatacenterId("north");
    private static final Duties EAST_ACTIVE = duties(Duty.ACTIVE, Duty.STANDBY);
    private static final Duties WEST_ACTIVE = duties(Duty.DRAINING, Duty.ACTIVE);

    /** Candidates are written {@code dc/zone/h} for healthy, {@code dc/zone/s} for sick, {@code dc/zone/0} for weight 0. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # place    | duty      | protect | candidates                                  | chosen
        east/a     | undecided | 0       | east/a/h east/b/h west/a/h                  | 0
        east/c     | undecided | 0       | east/a/h east/b/h west/a/h                  | 0 1
        east/      | undecided | 0       | east/a/h east//h west/a/h                   | 0 1
        east/a     | undecided | 0       | east/a/s east/b/h west/a/h                  | 1
        east/a     | undecided | 0       | east/a/s east/b/s west/a/h                  | 2
        east/a     | undecided | 0       | east/a/s east/b/s west/a/s                  | 0
        west/a     | undecided | 0       | east/a/h east/b/h                           | 0 1
        north/a    | undecided | 0       | east/a/h west/b/h                           | 0 1
        east/a     | east      | 0       | east/a/h west/a/h                           | 0
        east/a     | west      | 0       | east/a/h west/a/h                           | 1
        east/a     | west      | 0       | east/a/h west/a/s                           | 0
        east/a     | west      | 0       | east/a/s west/a/s                           | 1
        west/a     | east      | 0       | east/a/h east/b/h west/a/h                  | 0 1
        east/a     | undecided | 50      | east/a/h east/a/h east/a/s east/a/s         | 0 1
        east/a     | undecided | 51      | east/a/h east/a/h east/a/s east/a/s         | 0 1 2 3
        east/a     | undecided | 100     | east/a/h east/a/h                           | 0 1
        east/a     | undecided | 0       | east/a/h east/a/0                           | 0
        east/a     | undecided | 0       | east/a/0                                    |
        """)
    void theNearestHealthyOfTheBestDutyAreChosen(
            String place, String duty, int protect, String candidates, String chosen) {
        Duties duties = duty.equals("undecided") ? Duties.UNDECIDED : duty.equals("east") ? EAST_ACTIVE : WEST_ACTIVE;
        String[] where = place.split("/", -1);

        Choice choice = Choice.of(
                new Place(new DatacenterId(where[0]), where[1], ""),
                duties,
                new Choice.Rule(protect, false),
                candidates(candidates));

        assertThat(choice.chosen().stream()
                        .map(each -> Integer.toString(each.address().port() - 1))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(chosen == null ? "" : chosen);
    }

    @Test
    void datacentersAreNotMixedWhereTheyMustNotBe() {
        Choice choice = Choice.of(
                Place.in(NORTH), Duties.UNDECIDED, new Choice.Rule(0, true), candidates("west//h east//h east//h"));

        assertThat(choice.chosen()).extracting(Candidate::datacenter).containsOnly(EAST);
    }

    @Test
    void everyCandidateHasAReason() {
        Choice choice = Choice.of(
                new Place(EAST, "a", ""),
                WEST_ACTIVE,
                new Choice.Rule(0, false),
                candidates("east/a/h west/a/h west/b/s west/b/0"));

        assertThat(choice.reasons())
                .extracting(reason -> reason.isIn() + " " + reason.why())
                .containsExactly(
                        "false datacenter east is DRAINING, and there is a better one",
                        "true duty ACTIVE, elsewhere; fine",
                        "false not healthy: broken",
                        "false weight 0");
    }

    @Test
    void whatIsAnsweredAgainstTheChecksSaysSo() {
        Choice choice =
                Choice.of(Place.in(EAST), Duties.UNDECIDED, new Choice.Rule(60, false), candidates("east//h east//s"));

        assertThat(choice.isProtected()).isTrue();
        assertThat(choice.reasons().get(1).why()).contains("below the threshold of 60 %");
    }

    /** Whatever there is: only what was listed, in a fixed order, never nothing while something has weight, never a mixture. */
    @Test
    void someAnswerIsAlwaysGivenAndTheOrderOfCandidatesNeverMatters() {
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            List<Candidate> all = new ArrayList<>();
            for (int i = 0; i < random.nextInt(8); i++) {
                all.add(new Candidate(
                        new Endpoint("10.0.0." + i, 1 + i),
                        List.of(EAST, WEST, NORTH).get(random.nextInt(3)),
                        List.of("", "a", "b").get(random.nextInt(3)),
                        random.nextInt(4) * 50,
                        random.nextBoolean(),
                        "drawn"));
            }
            Place place =
                    new Place(List.of(EAST, WEST, NORTH).get(random.nextInt(3)), random.nextBoolean() ? "a" : "", "");
            Duties duties = List.of(Duties.UNDECIDED, EAST_ACTIVE, WEST_ACTIVE).get(random.nextInt(3));
            Choice.Rule rule = new Choice.Rule(random.nextInt(101), random.nextBoolean());
            Choice choice = Choice.of(place, duties, rule, all);
            Collections.shuffle(all, random);

            assertThat(Choice.of(place, duties, rule, all))
                    .as("round %s", round)
                    .isEqualTo(choice);
            assertThat(all).as("round %s", round).containsAll(choice.chosen());
            assertThat(choice.chosen().isEmpty())
                    .as("round %s", round)
                    .isEqualTo(all.stream().allMatch(each -> each.weight() == 0));
            assertThat(choice.reasons()).as("round %s", round).hasSameSizeAs(all);
            boolean isAnyHealthy = all.stream().anyMatch(each -> each.isHealthy() && each.weight() > 0);
            assertThat(choice.chosen().stream().anyMatch(Candidate::isHealthy))
                    .as("round %s", round)
                    .isEqualTo(isAnyHealthy);
            if (rule.isOneDatacenter()) {
                assertThat(choice.chosen().stream().map(Candidate::datacenter).distinct())
                        .as("round %s", round)
                        .hasSizeLessThan(2);
            }
            String better = duties.epoch() == null ? "" : duties.word(EAST).equals("ACTIVE") ? "east" : "west";
            boolean isActiveWell = all.stream()
                    .anyMatch(each -> each.datacenter().name().equals(better) && each.isHealthy() && each.weight() > 0);
            if (isActiveWell) {
                assertThat(choice.chosen())
                        .as("round %s", round)
                        .allMatch(each -> each.datacenter().name().equals(better));
            }
        }
    }

    @Test
    void answersWithEqualContentHaveEqualChecksumsAndOthersOtherOnes() {
        List<Candidate> some = candidates("east/a/h east/b/h");
        DomainAnswer answer = DomainAnswer.of("orders", Duties.UNDECIDED, Place.in(EAST), 5, some);

        assertThat(DomainAnswer.of("orders", Duties.UNDECIDED, new Place(WEST, "z", "app"), 9, some)
                        .checksum())
                .isEqualTo(answer.checksum());
        assertThat(List.of(
                        DomainAnswer.of("other", Duties.UNDECIDED, Place.in(EAST), 5, some)
                                .checksum(),
                        DomainAnswer.of("orders", duties(Duty.STANDBY, Duty.ACTIVE), Place.in(EAST), 5, some)
                                .checksum(),
                        DomainAnswer.of("orders", duties(Duty.DRAINING, Duty.ACTIVE), Place.in(EAST), 5, some)
                                .checksum(),
                        DomainAnswer.of("orders", Duties.UNDECIDED, Place.in(EAST), 5, candidates("east/a/h"))
                                .checksum(),
                        DomainAnswer.of("orders", Duties.UNDECIDED, Place.in(EAST), 5, candidates("east/a/h east/b/s"))
                                .checksum()))
                .doesNotContain(answer.checksum())
                .doesNotHaveDuplicates();
    }

    private static Duties duties(Duty east, Duty west) {
        return new Duties(new FederationEpoch(7, WEST), Map.of(EAST, east, WEST, west));
    }

    private static List<Candidate> candidates(String text) {
        List<Candidate> all = new ArrayList<>();
        for (String each : text.strip().split(" +")) {
            String[] parts = each.split("/", -1);
            boolean isHealthy = !parts[2].equals("s");
            all.add(new Candidate(
                    new Endpoint("10.0.0.1", 1 + all.size()),
                    new DatacenterId(parts[0]),
                    parts[1],
                    parts[2].equals("0") ? 0 : 100,
                    isHealthy,
                    isHealthy ? "fine" : "broken"));
        }
        return all;
    }
}
