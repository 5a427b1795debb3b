package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.FetchPushSwitch;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.node.meta.MetaCommand.CreateIncarnation;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.pushswitch.PushScope;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.pushswitch.PushToken;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.slot.Incarnation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushDeskTest {
    private static final Member S1 = MetaFixture.session("s1");
    private static final Member S2 = MetaFixture.session("s2");

    private final MetaFixture meta = new MetaFixture();

    @BeforeEach
    void twoSessions() {
        meta.renew(S1);
        meta.renew(S2);
    }

    @Test
    void aClosingIsStoredNamedInRenewalsFetchedAndShown() {
        OperatorAnswer answer = call(PushDesk.CLOSE, body("0", "'reason':'release','grey':['10.0.0.9'],'for':'PT30M'"));

        assertThat(answer.status()).isEqualTo(200);
        PushSwitch stored = meta.role.state().push();
        assertThat(stored.tokens()).singleElement().satisfies(token -> {
            assertThat(token.owner()).isEqualTo("operator");
            assertThat(token.reason()).isEqualTo("release");
            assertThat(token.position()).isEqualTo(PushPosition.CLOSED);
            assertThat(token.expiresMillis() - token.sinceMillis())
                    .isEqualTo(Duration.ofMinutes(30).toMillis());
        });
        assertThat(meta.answer(new FetchPushSwitch())).isEqualTo(stored);
        assertThat(meta.renew(S1).pushVersion()).isEqualTo(stored.version());
        assertThat(call(PushDesk.PATH, "").body())
                .contains("\"datacenter\":\"east\"", "\"position\":\"closed\"", "\"grey\":[\"10.0.0.9\"]")
                .contains("\"version\":\"" + stored.version() + "\"");
        assertThat(MetaCodec.decodeState(MetaCodec.encode(meta.role.state())).push())
                .isEqualTo(stored);
    }

    @Test
    void theAnswerComesWhenAllSessionsObeyAndNamesThoseThatDoNot() {
        CompletableFuture<OperatorAnswer> answer = begin(PushDesk.CLOSE, body("0", ""));
        long version = meta.role.state().push().version();
        assertThat(answer).isNotDone();
        obey(S1, version);
        assertThat(answer).isNotDone();
        obey(S2, version);
        assertThat(answer.join().body()).contains("all 2 sessions have confirmed");

        CompletableFuture<OperatorAnswer> second = begin(PushDesk.OPEN, body(Long.toString(version), ""));
        obey(S1, meta.role.state().push().version());
        meta.loop.advance(PushSwitchView.CONFIRM_WITHIN);
        assertThat(second.join().body()).contains("NOT confirmed by [s2]", "\"confirmed\":false");
    }

    @Test
    void whoeverHasNotSeenTheNewestIsRefusedWithBothNamed() {
        call(PushDesk.CLOSE, body("0", ""));
        PushSwitch stored = meta.role.state().push();

        OperatorAnswer answer = call(PushDesk.CLOSE, body("0", "'owner':'other'"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("has version " + stored.version(), "is of version 0");
        assertThat(call(PushDesk.OPEN, body("0", "")).status()).isEqualTo(409);
        assertThat(meta.role.state().push()).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | not JSON",
                "{} | version is not the number",
                "{'version':'0','servce':'a'} | a field 'servce'",
                "{'version':'0','until':'2001-01-01T00:00:00Z'} | which is past",
                "{'version':'0','for':'-PT5M'} | which is past",
                "{'version':'0','for':'PT0S'} | which is past",
                "{'version':'0','for':'soon'} | no duration",
                "{'version':'0','until':'soon'} | no time",
                "{'version':'0','for':'P400D'} | more than a year",
                "{'version':'0','for':'PT1M','until':'2100-01-01T00:00:00Z'} | not both",
                "{'version':'0','position':'shut'} | closed, hold-shrink",
                "{'version':'0','clients':'10.0.0.1'} | not a list",
                "{'version':'0','clients':['a b']} | no ip and no ip:port",
                "{'version':'0','owner':' '} | owner is empty"
            })
    void whatCannotBeMeantIsRefusedWithTheReasonAndChangesNothing(String body, String why) {
        OperatorAnswer answer = call(PushDesk.CLOSE, body.replace('\'', '"'));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(why);
        assertThat(meta.role.state().push()).isEqualTo(PushSwitch.OPEN);
    }

    @Test
    void anUnknownDatacenterIsRefusedByNameAndChangesNothing() {
        CompletableFuture<OperatorAnswer> answer =
                begin(new OperatorCall(PushDesk.CLOSE, "datacenter=mars", body("0", "")));

        assertThat(answer.join().status()).isEqualTo(400);
        assertThat(answer.join().body()).contains("datacenter mars is unknown here", "east");
        assertThat(meta.role.state().push()).isEqualTo(PushSwitch.OPEN);
    }

    @Test
    void whatAProcedureClosedAnOperatorsOpeningLeavesAndTheOtherWayRound() {
        call(PushDesk.CLOSE, body("0", ""));
        call(PushDesk.CLOSE, body(version(), "'owner':'rolling-restart','position':'hold-shrink'"));

        call(PushDesk.OPEN, body(version(), "'owner':'rolling-restart'"));
        assertThat(meta.role.state().push().tokens())
                .extracting(PushToken::owner)
                .containsExactly("operator");

        OperatorAnswer nothing = call(PushDesk.OPEN, body(version(), "'owner':'rolling-restart'"));
        assertThat(nothing.status()).isEqualTo(409);
        assertThat(nothing.body()).contains("not closed by rolling-restart", "closed by operator");

        call(PushDesk.OPEN, body(version(), ""));
        assertThat(meta.role.state().push().tokens()).isEmpty();
    }

    @Test
    void openingNamesAScopeOrMeansAllOfTheOwner() {
        call(PushDesk.CLOSE, body("0", "'service':'a.*'"));
        call(PushDesk.CLOSE, body(version(), "'service':'b.*'"));
        call(PushDesk.CLOSE, body(version(), "'group':'SOFA'"));

        call(PushDesk.OPEN, body(version(), "'service':'b.*'"));
        assertThat(meta.role.state().push().tokens())
                .extracting(token -> token.scope().service())
                .containsExactlyInAnyOrder("a.*", "*");

        call(PushDesk.OPEN, body(version(), ""));
        assertThat(meta.role.state().push().tokens()).isEmpty();
    }

    @Test
    void theClassicPathsCloseAndOpenForTheOperatorAndResetTheGreyList() {
        call(PushDesk.CLOSE, body("0", "'grey':['10.0.0.9']"));

        assertThat(call(PushDesk.CLASSIC_CLOSE, "").body()).contains("\"success\":true", "push is closed");
        assertThat(meta.role.state().push().tokens())
                .singleElement()
                .satisfies(token -> assertThat(token.scope()).isEqualTo(PushScope.all()));

        assertThat(call(PushDesk.CLASSIC_OPEN, "").body()).contains("push is open");
        assertThat(meta.role.state().push().tokens()).isEmpty();
        assertThat(call(PushDesk.CLASSIC_OPEN, "").status()).as("open already").isEqualTo(200);
    }

    @Test
    void aClosingThatIsOverIsGoneFromWhatIsShown() {
        call(PushDesk.CLOSE, body("0", "'for':'PT10S'"));
        assertThat(meta.role.notice())
                .startsWith("push is closed in east since")
                .endsWith("by operator");

        meta.pass(Duration.ofSeconds(12), S1, S2);

        assertThat(meta.role.notice()).isEmpty();
        assertThat(call(PushDesk.PATH, "").body()).contains("\"position\":\"open\"", "\"tokens\":[]");
    }

    @Test
    void aPushThatIsClosedForLongIsTalkedOfOnceAMinute() {
        PushReminder reminder = new PushReminder(MetaFixture.EAST);
        PushSwitch closed =
                PushSwitch.OPEN.with(new PushToken("operator", "", PushPosition.CLOSED, PushScope.all(), 1_000_000, 0));
        long since = 1_000_000;

        assertThat(reminder.onTick(closed, since + PushReminder.LONG.toMillis() - 1))
                .isFalse();
        assertThat(reminder.onTick(closed, since + PushReminder.LONG.toMillis()))
                .isTrue();
        assertThat(reminder.onTick(closed, since + PushReminder.LONG.toMillis() + 59_999))
                .isFalse();
        assertThat(reminder.onTick(closed, since + PushReminder.LONG.toMillis() + 60_000))
                .isTrue();
        assertThat(reminder.onTick(PushSwitch.OPEN, since + 10_000_000)).isFalse();
    }

    @Test
    void afterTheLossOfEveryMetaAnOperatorEndsWhatSessionsRememberAndAProcedureDoesNot() {
        long remembered = meta.role.state().incarnation().createdMillis() + 1_000_000_000L;
        obey(S1, remembered);
        assertThat(call(PushDesk.PATH, "").body()).contains("\"remembered\":");

        assertThat(call(PushDesk.OPEN, body("0", "'owner':'failover'")).status())
                .isEqualTo(409);
        assertThat(meta.role.state().push()).isEqualTo(PushSwitch.OPEN);

        assertThat(call(PushDesk.OPEN, body("0", "")).status()).isEqualTo(200);
        assertThat(meta.role.state().push().version()).isGreaterThan(remembered);
        obey(S1, meta.role.state().push().version());
        assertThat(call(PushDesk.CLOSE, body(version(), "'owner':'failover','position':'hold-shrink'"))
                        .status())
                .isEqualTo(200);
    }

    /** What it asks for would take the place of what sessions remember, which may be an operator's closing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/push/switch/close 'owner':'failover','position':'hold-shrink'",
                "/push/switch/close 'service':'a.*'",
                "/push/switch/open 'service':'a.*'"
            })
    void afterTheLossOfEveryMetaNothingButAWordOnEverythingReplacesWhatSessionsRemember(String asked) {
        long remembered = meta.role.state().incarnation().createdMillis() + 1_000_000_000L;
        obey(S1, remembered);
        String[] words = asked.split(" ", 2);

        OperatorAnswer answer = call(words[0], body("0", words[1]));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("sessions obey version " + remembered, "twinspan push close");
        assertThat(meta.role.state().push()).isEqualTo(PushSwitch.OPEN);
        assertThat(call(PushDesk.CLOSE, body("0", "")).status()).isEqualTo(200);
        assertThat(meta.role.state().push().version()).isGreaterThan(remembered);
    }

    @Test
    void aLaterGroupsClosingIsNewerThanThatOfAnEarlierOneAndItsSilenceIsNot() {
        PushToken token = new PushToken("operator", "", PushPosition.CLOSED, PushScope.all(), 1, 0);
        MetaState before = group(1_000_000).apply(new SetPushSwitch(0, 0, List.of(token)));
        MetaState later = group(2_000_000);

        assertThat(later.push().version()).isLessThan(before.push().version());
        assertThat(later.apply(new SetPushSwitch(0, 0, List.of())).push().version())
                .isGreaterThan(before.push().version());
        MetaState restored = later.apply(new RestoreState(before));
        assertThat(restored.push().tokens()).isEqualTo(before.push().tokens());
        assertThat(restored.push().version()).isGreaterThan(before.push().version());
        RebuildGroup rebuild = new RebuildGroup(new Incarnation(3_000_000, 1), before);
        assertThat(MetaState.EMPTY.apply(rebuild).push().tokens())
                .isEqualTo(before.push().tokens());
        SetPushSwitch command = new SetPushSwitch(4, 5, List.of(token));
        assertThat(MetaCodec.decodeCommand(MetaCodec.encode(command))).isEqualTo(command);
    }

    private static MetaState group(long createdMillis) {
        return MetaState.EMPTY.apply(new CreateIncarnation(new Incarnation(createdMillis, 1)));
    }

    private String version() {
        return Long.toString(meta.role.state().push().version());
    }

    private static String body(String version, String rest) {
        String fields = "{'version':'" + version + "'" + (rest.isEmpty() ? "" : "," + rest) + "}";
        return fields.replace('\'', '"');
    }

    /** The answer once everybody has had time to obey, whether they have or not. */
    private OperatorAnswer call(String path, String body) {
        CompletableFuture<OperatorAnswer> answer = begin(path, body);
        if (!answer.isDone()) {
            meta.loop.advance(PushSwitchView.CONFIRM_WITHIN);
        }
        return answer.join();
    }

    private CompletableFuture<OperatorAnswer> begin(String path, String body) {
        return begin(new OperatorCall(path, "", body));
    }

    private CompletableFuture<OperatorAnswer> begin(OperatorCall call) {
        CompletableFuture<OperatorAnswer> answer = meta.role
                .dispatcher()
                .dispatch(call, new Caller(MetaFixture.EAST, new NodeId("other"), NodeRole.META))
                .toCompletableFuture();
        meta.loop.runDue();
        return answer;
    }

    private void obey(Member session, long version) {
        meta.answer(new RenewLease(session, List.of(), true, version));
    }
}
