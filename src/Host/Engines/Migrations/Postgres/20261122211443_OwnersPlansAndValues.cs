using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class OwnersPlansAndValues : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_accounts_opportunity_owner",
                table: "accounts_opportunity");

            migrationBuilder.DropIndex(
                name: "IX_accounts_account_owner",
                table: "accounts_account");

            migrationBuilder.AddColumn<string>(
                name: "typed",
                table: "kernel_bulk",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<bool>(
                name: "only_segments",
                table: "incentives_plan",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "reward",
                table: "incentives_earning",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "reward_basis_points",
                table: "incentives_earning",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "partner_id",
                table: "identity_company",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "done_by_partner",
                table: "deals_task",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "done_by_partner",
                table: "deals_milestone",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "other_reason",
                table: "deals_conflict",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "accounts_opportunity",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "accounts_account",
                type: "uuid",
                nullable: true);

            // Before the indexes: what one member of the tenant alone is called is that member's. One pass over each table.
            foreach (var table in new[] { "accounts_account", "accounts_opportunity" })
                migrationBuilder.Sql($"""
                    UPDATE {table} AS r SET owner_id = m.id
                    FROM (SELECT tenant_id, min(name) AS name, (array_agg(id))[1] AS id FROM identity_person WHERE roles <> '' AND NOT is_service GROUP BY tenant_id, lower(name) HAVING count(*) = 1) AS m
                    WHERE r.tenant_id = m.tenant_id AND r.owner_name = m.name
                    """);

            // Whose person did it was not kept. Where it was the partner's to do, its company is named rather than a person.
            migrationBuilder.Sql("UPDATE deals_task AS t SET done_by_partner = t.owner_partner FROM deals_deal AS d WHERE d.tenant_id = t.tenant_id AND d.id = t.deal_id AND t.done_at IS NOT NULL AND t.owner_partner IS NOT NULL");
            migrationBuilder.Sql("UPDATE deals_milestone AS m SET done_by_partner = d.partner_id FROM deals_deal AS d WHERE d.tenant_id = m.tenant_id AND d.id = m.deal_id AND m.done_at IS NOT NULL AND m.owner = 'partner'");

            migrationBuilder.CreateTable(
                name: "accounts_hand_value",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    field = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ours = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true, collation: "C"),
                    by = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    theirs = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true, collation: "C"),
                    source = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    refused = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_hand_value", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_next_step",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    holder_id = table.Column<Guid>(type: "uuid", nullable: false),
                    what = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    side = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    set_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    set_by = table.Column<Guid>(type: "uuid", nullable: false),
                    set_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    set_by_partner = table.Column<Guid>(type: "uuid", nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_next_step", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_planned_place",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    opportunity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    share_basis_points = table.Column<int>(type: "integer", nullable: false),
                    work_basis_points = table.Column<int>(type: "integer", nullable: false),
                    visibility = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    planned_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    planned_by = table.Column<Guid>(type: "uuid", nullable: false),
                    planned_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    settled_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_planned_place", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "incentives_reward",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan_id = table.Column<Guid>(type: "uuid", nullable: false),
                    segment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    basis_points = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incentives_reward", x => new { x.tenant_id, x.plan_id, x.segment_id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_partners_joint_value_tenant_id_state_on",
                table: "partners_joint_value",
                columns: new[] { "tenant_id", "state", "on" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_company_tenant_id_partner_id",
                table: "identity_company",
                columns: new[] { "tenant_id", "partner_id" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_opportunity_owner",
                table: "accounts_opportunity",
                columns: new[] { "tenant_id", "owner_id" },
                filter: "owner_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_opportunity_owner_without_person",
                table: "accounts_opportunity",
                columns: new[] { "tenant_id", "owner_name" },
                filter: "owner_name IS NOT NULL AND owner_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_account_owner",
                table: "accounts_account",
                columns: new[] { "tenant_id", "owner_id" },
                filter: "owner_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_account_owner_without_person",
                table: "accounts_account",
                columns: new[] { "tenant_id", "owner_name" },
                filter: "owner_name IS NOT NULL AND owner_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_hand_value_tenant_id_account_id_field",
                table: "accounts_hand_value",
                columns: new[] { "tenant_id", "account_id", "field" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_accounts_hand_value_tenant_id_since_id",
                table: "accounts_hand_value",
                columns: new[] { "tenant_id", "since", "id" },
                filter: "since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_next_step_open",
                table: "deals_next_step",
                columns: new[] { "tenant_id", "holder_id", "side", "due_on" },
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_next_step_set_by",
                table: "deals_next_step",
                columns: new[] { "tenant_id", "set_by", "due_on" },
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_next_step_tenant_id_deal_id_set_at",
                table: "deals_next_step",
                columns: new[] { "tenant_id", "deal_id", "set_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_planned_place_open",
                table: "deals_planned_place",
                columns: new[] { "tenant_id", "planned_by" },
                filter: "settled_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deals_planned_place_tenant_id_opportunity_id_settled_at",
                table: "deals_planned_place",
                columns: new[] { "tenant_id", "opportunity_id", "settled_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts_hand_value");

            migrationBuilder.DropTable(
                name: "deals_next_step");

            migrationBuilder.DropTable(
                name: "deals_planned_place");

            migrationBuilder.DropTable(
                name: "incentives_reward");

            migrationBuilder.DropIndex(
                name: "IX_partners_joint_value_tenant_id_state_on",
                table: "partners_joint_value");

            migrationBuilder.DropIndex(
                name: "IX_identity_company_tenant_id_partner_id",
                table: "identity_company");

            migrationBuilder.DropIndex(
                name: "IX_accounts_opportunity_owner",
                table: "accounts_opportunity");

            migrationBuilder.DropIndex(
                name: "IX_accounts_opportunity_owner_without_person",
                table: "accounts_opportunity");

            migrationBuilder.DropIndex(
                name: "IX_accounts_account_owner",
                table: "accounts_account");

            migrationBuilder.DropIndex(
                name: "IX_accounts_account_owner_without_person",
                table: "accounts_account");

            migrationBuilder.DropColumn(
                name: "typed",
                table: "kernel_bulk");

            migrationBuilder.DropColumn(
                name: "only_segments",
                table: "incentives_plan");

            migrationBuilder.DropColumn(
                name: "reward",
                table: "incentives_earning");

            migrationBuilder.DropColumn(
                name: "reward_basis_points",
                table: "incentives_earning");

            migrationBuilder.DropColumn(
                name: "partner_id",
                table: "identity_company");

            migrationBuilder.DropColumn(
                name: "done_by_partner",
                table: "deals_task");

            migrationBuilder.DropColumn(
                name: "done_by_partner",
                table: "deals_milestone");

            migrationBuilder.DropColumn(
                name: "other_reason",
                table: "deals_conflict");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "accounts_opportunity");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "accounts_account");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_opportunity_owner",
                table: "accounts_opportunity",
                columns: new[] { "tenant_id", "owner_name" },
                filter: "owner_name IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_account_owner",
                table: "accounts_account",
                columns: new[] { "tenant_id", "owner_name" },
                filter: "owner_name IS NOT NULL");
        }
    }
}
