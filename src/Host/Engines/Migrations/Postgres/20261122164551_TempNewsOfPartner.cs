using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class TempNewsOfPartner : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_notifications_notification_tenant_id_person_id_read_at_id",
                table: "notifications_notification");

            migrationBuilder.AddColumn<Guid>(
                name: "partner_id",
                table: "notifications_notification",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_notifications_notification_tenant_id_partner_id",
                table: "notifications_notification",
                columns: new[] { "tenant_id", "partner_id" },
                filter: "partner_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_notifications_notification_tenant_id_person_id_created_at_id",
                table: "notifications_notification",
                columns: new[] { "tenant_id", "person_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_notifications_notification_unread",
                table: "notifications_notification",
                columns: new[] { "tenant_id", "person_id", "href" },
                filter: "read_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_notifications_notification_tenant_id_partner_id",
                table: "notifications_notification");

            migrationBuilder.DropIndex(
                name: "IX_notifications_notification_tenant_id_person_id_created_at_id",
                table: "notifications_notification");

            migrationBuilder.DropIndex(
                name: "IX_notifications_notification_unread",
                table: "notifications_notification");

            migrationBuilder.DropColumn(
                name: "partner_id",
                table: "notifications_notification");

            migrationBuilder.CreateIndex(
                name: "IX_notifications_notification_tenant_id_person_id_read_at_id",
                table: "notifications_notification",
                columns: new[] { "tenant_id", "person_id", "read_at", "id" });
        }
    }
}
