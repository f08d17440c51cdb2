using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class TempRelations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "deals_play_review",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: true),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    key = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    taken = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    reviewed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    reviewed_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_play_review", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_relation",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    basis = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    since = table.Column<DateOnly>(type: "date", nullable: false),
                    note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: true),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    merge = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    moved_from = table.Column<Guid>(type: "uuid", nullable: true),
                    ended_by_merge = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_relation", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_relation_claim",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    basis = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    since = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    claimed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    claimed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    claimed_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    answered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    answered_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    answer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_relation_claim", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_target",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    list_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    city = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    country = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    name_key = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    proposed = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    next_side = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    next_step = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    next_on = table.Column<DateOnly>(type: "date", nullable: true),
                    contacts = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: true),
                    added_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    added_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    changed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    changed_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_target", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_target_list",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    message = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    message_number = table.Column<int>(type: "integer", nullable: false),
                    message_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    message_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_by_name = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    archived_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_target_list", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_deals_play_review_tenant_id_place_key",
                table: "deals_play_review",
                columns: new[] { "tenant_id", "place", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deals_play_review_tenant_id_reviewed_at_id",
                table: "deals_play_review",
                columns: new[] { "tenant_id", "reviewed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_relation_tenant_id_account_id_ended_at",
                table: "deals_relation",
                columns: new[] { "tenant_id", "account_id", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_relation_tenant_id_partner_id_ended_at",
                table: "deals_relation",
                columns: new[] { "tenant_id", "partner_id", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_relation_claim_tenant_id_deal_id_id",
                table: "deals_relation_claim",
                columns: new[] { "tenant_id", "deal_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_relation_claim_tenant_id_partner_id_claimed_at_id",
                table: "deals_relation_claim",
                columns: new[] { "tenant_id", "partner_id", "claimed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_relation_claim_tenant_id_state_claimed_at_id",
                table: "deals_relation_claim",
                columns: new[] { "tenant_id", "state", "claimed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_target_tenant_id_account_id",
                table: "deals_target",
                columns: new[] { "tenant_id", "account_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_target_tenant_id_list_id_name_id",
                table: "deals_target",
                columns: new[] { "tenant_id", "list_id", "name", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_target_list_tenant_id_created_at_id",
                table: "deals_target_list",
                columns: new[] { "tenant_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_target_list_tenant_id_partner_id_created_at_id",
                table: "deals_target_list",
                columns: new[] { "tenant_id", "partner_id", "created_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deals_play_review");

            migrationBuilder.DropTable(
                name: "deals_relation");

            migrationBuilder.DropTable(
                name: "deals_relation_claim");

            migrationBuilder.DropTable(
                name: "deals_target");

            migrationBuilder.DropTable(
                name: "deals_target_list");
        }
    }
}
