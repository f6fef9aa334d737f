/** Stored procedures of the catalogue Patients: name → definition in T-SQL. */
export const patientProcedures: Readonly<Record<string, string>> = {
  GetPatientID: `
CREATE PROCEDURE dbo.GetPatientID @siteid bigint = NULL OUTPUT
AS
BEGIN
  SELECT @siteid = SiteNumber FROM PracticeInfo;
  SELECT InternalID, Firstname, Surname
  FROM Patients
  WHERE IsDeleted = 0
  ORDER BY InternalID;
END`,

  GetPatient: `
CREATE PROCEDURE dbo.GetPatient @InternalID int
AS
BEGIN
  SELECT InternalID, ExternalID, RecordNo, Title, Firstname, Middlename, Surname, PreferredName,
    DOB, SexCode, Address1, Address2, City, State, Postcode, HomePhone, WorkPhone, MobilePhone,
    Email, MedicareNo, MedicareLineNo, MedicareExpiry, DVANo, IHI, AccountBalance, UpdatedAt
  FROM Patients
  WHERE InternalID = @InternalID AND IsDeleted = 0;
  IF @@ROWCOUNT = 0 RETURN 1;
  RETURN 0;
END`,

  FindPatients: `
CREATE PROCEDURE dbo.FindPatients @Surname nvarchar(50), @Firstname nvarchar(50) = NULL
AS
BEGIN
  SELECT TOP 100 InternalID, Surname, Firstname, DOB, City
  FROM Patients
  WHERE Surname LIKE @Surname + '%'
    AND (@Firstname IS NULL OR Firstname LIKE @Firstname + '%')
    AND IsDeleted = 0
  ORDER BY Surname, Firstname, InternalID;
END`,

  CountPatients: `
CREATE PROCEDURE dbo.CountPatients @Count int OUTPUT
AS
BEGIN
  SELECT @Count = COUNT(*) FROM Patients WHERE IsDeleted = 0;
  IF @Count = 0 RETURN 1;
  RETURN 0;
END`,

  GetPatientConditions: `
CREATE PROCEDURE dbo.GetPatientConditions @InternalID int
AS
BEGIN
  SELECT c.ConditionID, c.ConditionCode, COALESCE(c.ConditionText, k.Term) AS Term, c.OnsetDate,
    c.ClinicalStatusCode
  FROM Conditions c
  LEFT JOIN ConditionCodes k ON k.ConditionCode = c.ConditionCode
  WHERE c.InternalID = @InternalID AND c.IsDeleted = 0
  ORDER BY c.ConditionID;
END`,

  AddPatientNote: `
CREATE PROCEDURE dbo.AddPatientNote
  @InternalID int,
  @Note nvarchar(max),
  @NoteID int = NULL OUTPUT
AS
BEGIN
  IF NOT EXISTS (SELECT 1 FROM Patients WHERE InternalID = @InternalID) RETURN 1;
  -- A number that is handed in names the note to replace.
  IF @NoteID IS NOT NULL
  BEGIN
    UPDATE PatientNotes SET Note = @Note, NotedAt = GETDATE()
    WHERE NoteID = @NoteID AND InternalID = @InternalID;
    IF @@ROWCOUNT = 0 RETURN 2;
    RETURN 0;
  END
  INSERT INTO PatientNotes (InternalID, NotedAt, Note) VALUES (@InternalID, GETDATE(), @Note);
  SET @NoteID = SCOPE_IDENTITY();
  RETURN 0;
END`,
};
