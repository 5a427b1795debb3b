package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.node.meta.MetaCommand.CreateIncarnation;
import io.twinspan.registry.node.meta.MetaCommand.Departure;
import io.twinspan.registry.node.meta.MetaCommand.PutMember;
import io.twinspan.registry.node.meta.MetaCommand.PutProvided;
import io.twinspan.registry.node.meta.MetaCommand.RemoveMembers;
import io.twinspan.registry.node.meta.MetaCommand.RemoveProvided;
import io.twinspan.registry.node.meta.SlotCommand.EvacuateNode;
import io.twinspan.registry.node.meta.SlotCommand.InstallTable;
import io.twinspan.registry.node.meta.SlotCommand.MoveSlot;
import io.twinspan.registry.node.meta.SlotCommand.PauseSlots;
import io.twinspan.registry.node.meta.SlotCommand.RemoveNode;
import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.policy.PolicyRule;
import io.twinspan.registry.policy.PolicyTarget;
import io.twinspan.registry.simulation.SlotTables;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.SlotTableEpoch;
import io.twinspan.registry.slot.plan.SlotWishes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MetaStateTest {
    private static final Incarnation LIFE = new Incarnation(1_000, 42);
    private static final ProvidedNote NOTE = new ProvidedNote(7, "from west", true);
    private static final PolicyRule NEVER =
            new PolicyRule(new PolicyTarget("west", "*", "*"), FetchPolicy.NEVER, null, null);
    private static final DataInfoId RULE = DataInfoId.of("rule");
    private static final Member D1 = MetaFixture.data("d1");
    private static final Member D2 = MetaFixture.data("d2");
    private static final Member S1 = MetaFixture.session("s1");
    private static final SlotTable TABLE = new SlotTable(
            new SlotTableEpoch(LIFE, 2),
            IntStream.range(0, SlotId.COUNT)
                    .mapToObj(i -> new Slot(
                            new SlotId(i),
                            new LeaderEpoch(i * 8L),
                            i % 2 == 0 ? List.of(D1.node(), D2.node()) : List.of(D2.node())))
                    .toList());

    private static MetaState after(MetaCommand... commands) {
        MetaState state = MetaState.EMPTY.apply(new CreateIncarnation(LIFE));
        for (MetaCommand command : commands) {
            state = state.apply(command);
        }
        return state;
    }

    private static Departure departure(Member member) {
        return new Departure(MemberKey.of(member), member.incarnation());
    }

    private static Stream<Arguments> refused() {
        MetaState created = after();
        MetaState withRule = after(new PutProvided(RULE, 7, "x"));
        Member old = MetaFixture.member("s1", NodeRole.SESSION, NodePort.SESSION_CLIENT, 0);
        return Stream.of(
                Arguments.of(MetaState.EMPTY, new PutMember(D1), "no incarnation"),
                Arguments.of(MetaState.EMPTY, new PutProvided(RULE, 1, "x"), "no incarnation"),
                Arguments.of(created, new CreateIncarnation(new Incarnation(2_000, 1)), "1000-2a already"),
                Arguments.of(after(new PutMember(S1)), new PutMember(old), "later process of SESSION s1"),
                Arguments.of(withRule, new PutProvided(RULE, 7, "y"), "version 7 of " + RULE),
                Arguments.of(withRule, new PutProvided(RULE, 6, "y"), "not higher than the stored version 7"),
                Arguments.of(withRule, new RemoveProvided(RULE, 7), "not higher than the stored version 7"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusedCommandSaysWhyAndChangesNothing(MetaState state, MetaCommand command, String why) {
        assertThat(command.refusal(state)).contains(why);
        assertThat(state.apply(command)).isSameAs(state);
    }

    private static Stream<Arguments> idle() {
        return Stream.of(
                Arguments.of(after(new PutMember(S1)), new PutMember(S1)),
                Arguments.of(after(new PutMember(S1)), new RemoveMembers(List.of(departure(D1)))),
                Arguments.of(after(), new RemoveProvided(RULE, 0)),
                Arguments.of(
                        after(new PutProvided(RULE, 7, "x"), new RemoveProvided(RULE, 0)),
                        new RemoveProvided(RULE, 3)));
    }

    @ParameterizedTest
    @MethodSource("idle")
    void commandThatSaysNothingNewRaisesNoRevision(MetaState state, MetaCommand command) {
        assertThat(command.refusal(state)).isEmpty();
        assertThat(state.apply(command)).isSameAs(state);
    }

    @Test
    void revisionsBeginAtTheCreationOfTheGroup() {
        assertThat(after().membersRevision()).isEqualTo(LIFE.createdMillis());
        assertThat(after().providedRevision()).isEqualTo(LIFE.createdMillis());
    }

    @Test
    void firstDataNodeLeadsEverySlot() {
        MetaState state = after(new PutMember(D1));
        assertThat(state.table().ledBy(D1.node())).hasSize(SlotId.COUNT);
        assertThat(state.table().epoch().incarnation()).isEqualTo(LIFE);
        assertThat(state.table().epoch().number()).isEqualTo(1);
    }

    @Test
    void tableChangesOnlyWhereOneIsInstalledThatWasPlannedFromIt() {
        MetaState two = after(new PutMember(D1), new PutMember(D2));
        assertThat(two.table().ledBy(D1.node())).hasSize(SlotId.COUNT);
        assertThat(two.apply(new PutMember(S1)).table()).isSameAs(two.table());
        SlotTable planned = SlotTables.ledBy(two.table(), LIFE, List.of(D1.node(), D2.node()));
        InstallTable command = new InstallTable(two.table().epoch(), planned);
        MetaState installed = two.apply(command);
        assertThat(installed.table()).isEqualTo(planned);
        assertThat(installed.membersRevision()).isEqualTo(two.membersRevision());
        assertThat(command.refusal(installed)).contains("epoch 2 by now");
        MetaState one = installed.apply(new RemoveMembers(List.of(departure(D2))));
        assertThat(one.table()).as("until the next plan").isEqualTo(planned);
    }

    @Test
    void wishesOfOperatorsAreKeptUntilTakenBack() {
        MetaState state = after(
                new PutMember(D1),
                new PutMember(D2),
                new PauseSlots(true),
                new MoveSlot(new SlotId(7), D1.node()),
                new MoveSlot(new SlotId(8), D2.node()),
                new EvacuateNode(D2.node(), true));
        assertThat(state.wishes()).isEqualTo(new SlotWishes(true, Set.of(D2.node()), Map.of(new SlotId(7), D1.node())));
        assertThat(new MoveSlot(new SlotId(7), D2.node()).refusal(state)).contains("being evacuated");
        assertThat(new EvacuateNode(D1.node(), true).refusal(state)).contains("the last that could hold");
        assertThat(new EvacuateNode(D1.node(), false).refusal(state)).contains("not being evacuated");
        assertThat(new EvacuateNode(S1.node(), true).refusal(state)).contains("no data node");
        MetaState cleared = state.apply(new PauseSlots(false))
                .apply(new MoveSlot(new SlotId(7), null))
                .apply(new EvacuateNode(D2.node(), false));
        assertThat(cleared.wishes()).isEqualTo(SlotWishes.NONE);
        assertThat(cleared.apply(new PauseSlots(false))).isSameAs(cleared);
    }

    @Test
    void nodeRemovedForGoodLeavesInEveryRoleAndMayNotJoinAgain() {
        Member session = MetaFixture.session("d2");
        MetaState state = after(new PutMember(D1), new PutMember(D2), new PutMember(session));
        assertThat(new RemoveNode(D1.node(), false).refusal(state)).contains("alone holds 256 slots");
        MetaState removed = state.apply(new RemoveNode(D2.node(), false));
        assertThat(removed.members().values()).containsExactly(D1);
        assertThat(removed.membersRevision()).isGreaterThan(state.membersRevision());
        assertThat(new PutMember(D2).refusal(removed)).contains("removed for good");
        assertThat(new RemoveNode(D2.node(), true).refusal(removed)).contains("removed already");
        assertThat(new RemoveNode(S1.node(), false).refusal(removed)).contains("there is no node s1");
        assertThat(state.apply(new RemoveNode(D1.node(), true)).removed()).containsExactly(D1.node());
    }

    @Test
    void tableKeepsItsLeadersWhenTheLastDataNodeLeaves() {
        MetaState state = after(new PutMember(D1), new RemoveMembers(List.of(departure(D1))));
        assertThat(state.members()).isEmpty();
        assertThat(state.table().ledBy(D1.node())).hasSize(SlotId.COUNT);
    }

    @Test
    void restartedProcessIsAnotherRevisionOfTheSameMemberAndKeepsItsSlots() {
        MetaState before = after(new PutMember(D1), new PutMember(D2));
        Member restarted = MetaFixture.member("d1", NodeRole.DATA, NodePort.DATA_FOR_SESSION, 2);
        MetaState state = before.apply(new PutMember(restarted));
        assertThat(state.members()).hasSize(2).containsEntry(MemberKey.of(D1), restarted);
        assertThat(state.table()).isEqualTo(before.table());
        assertThat(state.membersRevision()).isGreaterThan(before.membersRevision());
    }

    @Test
    void departureOfAnEarlierProcessDoesNotTakeItsSuccessorAway() {
        Member restarted = MetaFixture.member("s1", NodeRole.SESSION, NodePort.SESSION_CLIENT, 2);
        MetaState state = after(new PutMember(S1), new PutMember(restarted));
        assertThat(state.apply(new RemoveMembers(List.of(departure(S1))))).isSameAs(state);
    }

    @Test
    void changesSinceARevisionHoldOnlyWhatIsNewerRemovalsIncluded() {
        MetaState one = after(new PutProvided(RULE, 5, "x"));
        DataInfoId other = DataInfoId.of("other");
        MetaState two = one.apply(new PutProvided(other, 1, "y")).apply(new RemoveProvided(RULE, 0));
        assertThat(one.provided(new FetchProvided(0)).values())
                .extracting(ProvidedValue::data)
                .containsExactly("x");
        assertThat(two.provided(new FetchProvided(one.providedRevision())).values())
                .containsExactly(
                        new ProvidedValue(other, 1, "y", one.providedRevision() + 1),
                        new ProvidedValue(RULE, 6, null, one.providedRevision() + 2));
        assertThat(two.provided(new FetchProvided(two.providedRevision())).values())
                .isEmpty();
    }

    @Test
    void valueComesBackOnlyAboveItsRemoval() {
        MetaState removed = after(new PutProvided(RULE, 5, "x"), new RemoveProvided(RULE, 9));
        assertThat(new PutProvided(RULE, 9, "y").refusal(removed)).contains("stored version 9");
        assertThat(removed.apply(new PutProvided(RULE, 10, "y")).provided())
                .extractingByKey(RULE)
                .extracting(ProvidedValue::data)
                .isEqualTo("y");
    }

    private static Stream<MetaCommand> commands() {
        return Stream.of(
                new CreateIncarnation(LIFE),
                new PutMember(D1),
                new RemoveMembers(List.of(departure(D1), departure(S1))),
                new PutProvided(RULE, 5, "x"),
                new RemoveProvided(RULE, 6),
                new InstallTable(SlotTableEpoch.NONE, TABLE),
                new PauseSlots(true),
                new PauseSlots(false),
                new MoveSlot(new SlotId(3), D1.node()),
                new MoveSlot(new SlotId(3), null),
                new EvacuateNode(D1.node(), true),
                new RemoveNode(D1.node(), true),
                new PutProvided(RULE, 5, "x", NOTE),
                new RemoveProvided(RULE, 6, NOTE),
                new AdoptProvided(List.of(
                        new AdoptProvided.Adopted(RULE, new ProvidedEdit(9, "y", NOTE)),
                        new AdoptProvided.Adopted(DataInfoId.of("gone"), new ProvidedEdit(9, null, NOTE)))),
                new SetPolicies(5, List.of(NEVER)),
                new RebuildGroup(new Incarnation(7, 8), after(new PutMember(D1), new SetPolicies(0, List.of(NEVER)))));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandIsTheSameAfterEncodingAndDecoding(MetaCommand command) {
        assertThat(MetaCodec.decodeCommand(MetaCodec.encode(command))).isEqualTo(command);
    }

    @Test
    void rebuiltGroupBeginsFarAboveWhatTheLostMajorityCanHaveGivenOut() {
        MetaState before = after(new PutMember(D1), new PutMember(S1), new PutProvided(RULE, 5, "x"));
        Incarnation young = new Incarnation(LIFE.createdMillis() + 1, 7);
        RebuildGroup command = new RebuildGroup(young, before);
        MetaState rebuilt = MetaState.EMPTY.apply(command);
        assertThat(rebuilt).isEqualTo(before.apply(command));
        assertThat(rebuilt.incarnation()).isEqualTo(young);
        assertThat(rebuilt.isMandated()).isTrue();
        assertThat(rebuilt.members()).isEqualTo(before.members());
        assertThat(rebuilt.provided()).isEqualTo(before.provided());
        assertThat(rebuilt.table().epoch().incarnation()).isEqualTo(young);
        assertThat(rebuilt.table().epoch().number())
                .isGreaterThan(before.table().epoch().number());
        assertThat(rebuilt.membersRevision()).isGreaterThan(before.membersRevision());
        assertThat(rebuilt.providedRevision()).isGreaterThan(before.providedRevision());
        assertThat(rebuilt.table().slots()).allSatisfy(slot -> {
            Slot old = before.table().slots().get(slot.id().number());
            assertThat(slot.replicas()).isEqualTo(old.replicas());
            assertThat(slot.epoch().term()).isEqualTo(old.epoch().term() + 1_000);
        });
        assertThat(command.refusal(rebuilt)).contains("rebuilt already");
    }

    @Test
    void stateIsTheSameAfterEncodingAndDecoding() {
        MetaState state = after(
                new PutMember(D1),
                new PutMember(D2),
                new PutMember(S1),
                new PutProvided(RULE, 5, "x"),
                new PutProvided(RULE, 8, "y", NOTE),
                new SetPolicies(0, List.of(NEVER)),
                new PutProvided(DataInfoId.of("gone"), 5, "x"),
                new RemoveProvided(DataInfoId.of("gone"), 0),
                new InstallTable(new SlotTableEpoch(LIFE, 1), TABLE),
                new PauseSlots(true),
                new MoveSlot(new SlotId(3), D1.node()),
                new EvacuateNode(D2.node(), true),
                new RemoveNode(S1.node(), false));
        assertThat(state.removed()).isNotEmpty();
        assertThat(MetaCodec.decodeState(MetaCodec.encode(state))).isEqualTo(state);
        assertThat(MetaCodec.decodeState(MetaCodec.encode(MetaState.EMPTY))).isEqualTo(MetaState.EMPTY);
    }

    @Test
    void clusterListsMembersByRoleAndId() {
        assertThat(after(new PutMember(S1), new PutMember(D2), new PutMember(D1))
                        .cluster(MetaFixture.EAST)
                        .members())
                .containsExactly(D1, D2, S1);
    }
}
