package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemberChangesTest {
    private final MemberChanges changes = new MemberChanges();

    @Test
    void whoComesAndWhoGoesIsCountedByRoleAndWhoIsThereAtTheBeginningIsNot() {
        changes.onMembers(List.of(MetaFixture.data("d1"), MetaFixture.session("s1")));
        assertThat(changes.counts()).isEqualTo(Map.of(NodeRole.DATA, 0L, NodeRole.SESSION, 0L));

        changes.onMembers(List.of(MetaFixture.data("d1"), MetaFixture.data("d2"), MetaFixture.session("s2")));
        assertThat(changes.counts()).isEqualTo(Map.of(NodeRole.DATA, 1L, NodeRole.SESSION, 2L));

        changes.onMembers(List.of(MetaFixture.data("d2"), MetaFixture.data("d1"), MetaFixture.session("s2")));
        assertThat(changes.counts()).isEqualTo(Map.of(NodeRole.DATA, 1L, NodeRole.SESSION, 2L));
    }
}
