/** Stored procedures around the appointment book: name → definition in T-SQL. */
export const appointmentProcedures: Readonly<Record<string, string>> = {
  GetAppointments: `
CREATE PROCEDURE dbo.GetAppointments @Date date, @PractitionerID int = NULL
AS
BEGIN
  SELECT a.AppointmentID, a.StartTime, a.EndTime, a.PractitionerID, a.LocationID, a.InternalID,
    p.Firstname, p.Surname, s.Description AS Status, a.Reason
  FROM Appointments a
  INNER JOIN AppointmentStatuses s ON s.AppointmentStatusCode = a.AppointmentStatusCode
  LEFT JOIN Patients p ON p.InternalID = a.InternalID
  WHERE a.AppointmentDate = @Date
    AND (@PractitionerID IS NULL OR a.PractitionerID = @PractitionerID)
    AND a.IsDeleted = 0
  ORDER BY a.StartTime, a.AppointmentID;
END`,

  GetFreeSlots: `
CREATE PROCEDURE dbo.GetFreeSlots
  @From datetime,
  @To datetime = NULL,
  @PractitionerID int = NULL,
  @LocationID int = NULL
AS
BEGIN
  IF @To IS NULL SET @To = DATEADD(day, 7, @From);
  SELECT TOP 500 s.SlotID, s.StartTime, s.EndTime, k.PractitionerID, k.LocationID
  FROM Slots s
  INNER JOIN Schedules k ON k.ScheduleID = s.ScheduleID
  WHERE s.SlotStatusCode = 'F'
    AND s.StartTime >= @From
    AND s.StartTime < @To
    AND k.IsActive = 1
    AND (@PractitionerID IS NULL OR k.PractitionerID = @PractitionerID)
    AND (@LocationID IS NULL OR k.LocationID = @LocationID)
  ORDER BY s.StartTime, s.SlotID;
END`,

  BookAppointment: `
CREATE PROCEDURE dbo.BookAppointment
  @SlotID int,
  @InternalID int,
  @Reason nvarchar(200) = NULL,
  @AppointmentID int = NULL OUTPUT
AS
BEGIN
  DECLARE @Start datetime;
  DECLARE @End datetime;
  DECLARE @PractitionerID int;
  DECLARE @LocationID int;
  SET @AppointmentID = NULL;
  BEGIN TRANSACTION;
  -- Only one of two callers changes the row; the other one finds no free slot.
  UPDATE Slots SET SlotStatusCode = 'B', UpdatedAt = GETDATE()
  WHERE SlotID = @SlotID AND SlotStatusCode = 'F';
  IF @@ROWCOUNT = 0
  BEGIN
    ROLLBACK TRANSACTION;
    RETURN 1;
  END
  IF NOT EXISTS (SELECT 1 FROM Patients WHERE InternalID = @InternalID AND IsDeleted = 0)
  BEGIN
    ROLLBACK TRANSACTION;
    RETURN 2;
  END
  SELECT @Start = s.StartTime, @End = s.EndTime, @PractitionerID = k.PractitionerID,
    @LocationID = k.LocationID
  FROM Slots s
  INNER JOIN Schedules k ON k.ScheduleID = s.ScheduleID
  WHERE s.SlotID = @SlotID;
  INSERT INTO Appointments (InternalID, PractitionerID, LocationID, SlotID, AppointmentTypeID,
    AppointmentDate, AppointmentTime, StartTime, EndTime, AppointmentStatusCode, Reason, CreatedAt,
    UpdatedAt)
  VALUES (@InternalID, @PractitionerID, @LocationID, @SlotID, 1,
    CAST(@Start AS date), CAST(@Start AS time), @Start, @End, 1, @Reason, GETDATE(), GETDATE());
  SET @AppointmentID = SCOPE_IDENTITY();
  COMMIT TRANSACTION;
  RETURN 0;
END`,

  CancelAppointment: `
CREATE PROCEDURE dbo.CancelAppointment @AppointmentID int, @CancellationReason nvarchar(100) = NULL
AS
BEGIN
  DECLARE @SlotID int;
  BEGIN TRANSACTION;
  UPDATE Appointments
  SET AppointmentStatusCode = 6, CancelledAt = GETDATE(),
    CancellationReason = @CancellationReason, UpdatedAt = GETDATE()
  WHERE AppointmentID = @AppointmentID AND AppointmentStatusCode = 1;
  IF @@ROWCOUNT = 0
  BEGIN
    ROLLBACK TRANSACTION;
    RETURN 1;
  END
  SELECT @SlotID = SlotID FROM Appointments WHERE AppointmentID = @AppointmentID;
  UPDATE Slots SET SlotStatusCode = 'F', UpdatedAt = GETDATE() WHERE SlotID = @SlotID;
  COMMIT TRANSACTION;
  RETURN 0;
END`,
};
